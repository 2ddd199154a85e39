using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Halving;

/// <summary>Seeded rows in memory: a Gaussian cloud for each class, close enough to overlap. Every epoch has them in the same order.</summary>
internal sealed class MemoryRows : ITrainingRows
{
    private const long Seed = 1;

    private readonly float[] _features;
    private readonly int[] _classes;
    private readonly float[] _targets;

    public MemoryRows(int featureCount, int classCount, int trainRows, int validationRows)
    {
        (FeatureCount, ClassCount, TrainRows, ValidationRows) = (featureCount, classCount, trainRows, validationRows);
        _classes = new int[trainRows + validationRows];
        _targets = new float[_classes.Length];
        _features = new float[_classes.Length * featureCount];
        for (var row = 0; row < _classes.Length; row++)
        {
            _classes[row] = (int)(KeyedRandom.Bits(Seed, RandomPurpose.SyntheticTeacher, 0, row) % (ulong)classCount);
            _targets[row] = _classes[row] - (0.5f * (classCount - 1));
            for (var feature = 0; feature < featureCount; feature++)
            {
                var center = KeyedRandom.UnitInterval(Seed, RandomPurpose.SyntheticTeacher, 1 + _classes[row], feature) - 0.5;
                _features[(row * featureCount) + feature] = (float)(center + (2 * Noise(row, feature)));
            }
        }
    }

    public int FeatureCount { get; }

    public int ClassCount { get; }

    public double TargetDeviation => 1;

    public long TrainRows { get; }

    public long ValidationRows { get; }

    public long TestRows => 0;

    public IRowReader OpenEpoch(int epoch, long firstRow) => new Reader(this, firstRow, TrainRows);

    public IRowReader OpenValidation() => new Reader(this, TrainRows, TrainRows + ValidationRows);

    public IRowReader OpenTest() => new Reader(this, 0, 0);

    // The sum of four uniform numbers, about normal.
    private static double Noise(int row, int feature) =>
        Enumerable.Range(0, 4).Sum(part => KeyedRandom.UnitInterval(Seed, RandomPurpose.SyntheticNoise, (row * 4L) + part, feature)) - 2;

    private sealed class Reader(MemoryRows rows, long next, long end) : IRowReader
    {
        private long _next = next;

        public RowTile? Next(int most, CancellationToken cancellationToken)
        {
            var (first, count) = ((int)_next, (int)Math.Min(most, end - _next));
            _next += count;
            return count == 0 ? null : RowTile.Of(rows._features, rows._classes, rows._targets, rows.FeatureCount, first, count);
        }

        public void Dispose()
        {
        }
    }
}
