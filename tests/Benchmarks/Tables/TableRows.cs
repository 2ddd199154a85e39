using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Tables;

/// <summary>Rows in memory, the training rows first. Every epoch has them in another order, which the seed decides.</summary>
internal sealed class TableRows : ITrainingRows
{
    private readonly float[][] _features;
    private readonly float[] _targets;
    private readonly int[] _classes;
    private readonly long _orderSeed;

    private TableRows(TableRows rows, long orderSeed)
    {
        (_features, _targets, _classes, _orderSeed) = (rows._features, rows._targets, rows._classes, orderSeed);
        (TrainRows, ClassCount) = (rows.TrainRows, rows.ClassCount);
    }

    private TableRows(double[][] features, int trainRows, int classCount, float[] targets, int[] classes)
    {
        _features = [.. features.Select(row => (float[])[.. row.Select(value => (float)value)])];
        (_targets, _classes, TrainRows, ClassCount) = (targets, classes, trainRows, classCount);
    }

    public int FeatureCount => _features[0].Length;

    public int ClassCount { get; }

    public double TargetDeviation => 1;

    public long TrainRows { get; }

    public long ValidationRows => _features.Length - TrainRows;

    public long TestRows => 0;

    /// <summary>Labels that are numbers; they are standardized by those of the training rows, as the profile does.</summary>
    public static TableRows OfNumbers(double[][] features, double[] labels, int trainRows)
    {
        var mean = labels[..trainRows].Average();
        var deviation = Math.Sqrt(labels[..trainRows].Average(label => (label - mean) * (label - mean)));
        return new TableRows(features, trainRows, 0, [.. labels.Select(label => (float)((label - mean) / deviation))], new int[labels.Length]);
    }

    /// <summary>Labels that are classes, from 0 on.</summary>
    public static TableRows OfClasses(double[][] features, int[] labels, int trainRows) => new(features, trainRows, labels.Max() + 1, new float[labels.Length], labels);

    /// <summary>(x − mean) / deviation of the training rows, clipped to ±5, as <c>data.scale: standard</c> has it; a column that does not vary is 0.</summary>
    public static double[][] Standardized(double[][] features, int trainRows)
    {
        var scaled = features.Select(row => new double[row.Length]).ToArray();
        for (var column = 0; column < features[0].Length; column++)
        {
            var mean = features.Take(trainRows).Average(row => row[column]);
            var deviation = Math.Sqrt(features.Take(trainRows).Average(row => (row[column] - mean) * (row[column] - mean)));
            for (var row = 0; row < features.Length && deviation > 0; row++)
            {
                scaled[row][column] = Math.Clamp((features[row][column] - mean) / deviation, -5, 5);
            }
        }

        return scaled;
    }

    /// <summary>The same rows in another order.</summary>
    public TableRows Ordered(long seed) => new(this, seed);

    public ReadOnlySpan<float> Row(int row) => _features[row];

    /// <summary>What a pass over these rows reports of their labels.</summary>
    public DataProfile Profile() => new([], [], [], [.. Enumerable.Range(0, ClassCount).Select(Count)])
    {
        Target = ClassCount > 0 ? null : new TargetStatistics(StatisticsOf(_targets[..(int)TrainRows]), StatisticsOf(_targets[(int)TrainRows..]), 0, 1),
    };

    public IRowReader OpenEpoch(int epoch, long firstRow)
    {
        int[] order = [.. Enumerable.Range(0, (int)TrainRows).OrderBy(row => KeyedRandom.Bits(_orderSeed, RandomPurpose.WindowOrder, epoch, row))];
        return new Reader(this, order, (int)firstRow);
    }

    public IRowReader OpenValidation() => new Reader(this, [.. Enumerable.Range((int)TrainRows, (int)ValidationRows)], 0);

    public IRowReader OpenTest() => new Reader(this, [], 0);

    private LabelCount Count(int label) =>
        new($"{label}", _classes[..(int)TrainRows].Count(of => of == label), _classes[(int)TrainRows..].Count(of => of == label));

    private static ColumnStatistics StatisticsOf(float[] values)
    {
        var mean = values.Average(value => (double)value);
        return new ColumnStatistics(values.Length, mean, values.Sum(value => (value - mean) * (value - mean)), values.Min(), values.Max());
    }

    private sealed class Reader(TableRows rows, int[] order, int next) : IRowReader
    {
        private int _next = next;
        private RowTile? _buffer;

        public RowTile? Next(int most, CancellationToken cancellationToken)
        {
            var tile = RowTile.Empty(ref _buffer, most, rows.FeatureCount);
            tile.Count = Math.Min(most, order.Length - _next);
            for (var index = 0; index < tile.Count; index++)
            {
                var row = order[_next + index];
                rows.Row(row).CopyTo(tile.Features.AsSpan(index * rows.FeatureCount));
                tile.Classes[index] = rows._classes[row];
                tile.Targets[index] = rows._targets[row];
            }

            _next += tile.Count;
            return tile.Count > 0 ? tile : null;
        }

        public void Dispose()
        {
        }
    }
}
