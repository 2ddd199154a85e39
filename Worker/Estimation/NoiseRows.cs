using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Estimation;

/// <summary>Seeded noise of a sweep's shape.</summary>
internal sealed class NoiseRows : ITrainingRows
{
    private const int MaxRows = 2048;
    private const int MaxCells = 4 << 20;

    private readonly float[] _features;

    public NoiseRows(int features, int classes)
    {
        (FeatureCount, ClassCount) = (features, classes);
        TrainRows = Math.Clamp(MaxCells / features, 64, MaxRows);
        _features = new float[TrainRows * features];
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

        public bool Read(RowTile tile)
        {
            tile.Count = (int)Math.Min(tile.Capacity, end - _next);
            rows._features.AsSpan((int)_next * rows.FeatureCount, tile.Count * rows.FeatureCount).CopyTo(tile.Features);
            for (var index = 0; index < tile.Count; index++)
            {
                tile.Classes[index] = (int)((_next + index) % rows.ClassCount);
                tile.Targets[index] = tile.Classes[index];
            }

            _next += tile.Count;
            return tile.Count > 0;
        }

        public void Dispose()
        {
        }
    }
}
