using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Estimation;

/// <summary>Seeded noise of a sweep's shape.</summary>
internal sealed class NoiseRows : ITrainingRows
{
    private const int MaxRows = 2048;
    private const int MaxCells = 4 << 20;

    private readonly float[] _features;
    private readonly int[] _classes;
    private readonly float[] _targets;

    public NoiseRows(int features, int classes)
    {
        (FeatureCount, ClassCount) = (features, classes);
        TrainRows = Math.Clamp(MaxCells / features, 64, MaxRows);
        _features = new float[TrainRows * features];
        _classes = [.. Enumerable.Range(0, (int)TrainRows).Select(row => row % classes)];
        _targets = [.. _classes.Select(of => (float)of)];
        for (var index = 0; index < _features.Length; index++)
        {
            _features[index] = (float)((2 * KeyedRandom.UnitInterval(1, RandomPurpose.SyntheticNoise, 0, index)) - 1);
        }
    }

    public int FeatureCount { get; }

    public int ClassCount { get; }

    public double TargetDeviation => 1;

    public long TrainRows { get; }

    public long ValidationRows => 1;

    public long TestRows => 0;

    public IRowReader OpenEpoch(int epoch, long firstRow) => new Reader(this, firstRow, TrainRows);

    public IRowReader OpenValidation() => new Reader(this, 0, ValidationRows);

    public IRowReader OpenTest() => new Reader(this, 0, TestRows);

    private sealed class Reader(NoiseRows rows, long next, long end) : IRowReader
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
