using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Seeded rows of a few Gaussian clusters, one per class, each with a number too; the order of an epoch is the row order rotated by the epoch.</summary>
internal sealed class ArrayRows : ITrainingRows
{
    private readonly float[] _features;
    private readonly int[] _classes;
    private readonly float[] _targets;

    public ArrayRows(int featureCount, int classCount, int trainRows, int validationRows, long seed = 1)
    {
        (FeatureCount, ClassCount, TrainRows, ValidationRows) = (featureCount, classCount, trainRows, validationRows);
        _features = new float[(trainRows + validationRows) * featureCount];
        _classes = new int[trainRows + validationRows];
        _targets = new float[trainRows + validationRows];
        for (var row = 0; row < _classes.Length; row++)
        {
            _classes[row] = (int)(KeyedRandom.Bits(seed, RandomPurpose.Split, 0, row) % (ulong)classCount);
            for (var feature = 0; feature < featureCount; feature++)
            {
                var center = KeyedRandom.UnitInterval(seed, RandomPurpose.SyntheticTeacher, _classes[row], feature) - 0.5;
                var noise = KeyedRandom.UnitInterval(seed, RandomPurpose.SyntheticNoise, row, feature) - 0.5;
                _features[(row * featureCount) + feature] = (float)((3 * center) + (2 * noise));
            }

            _targets[row] = (float)(0.3 + _features[row * featureCount] - (0.7 * KeyedRandom.UnitInterval(seed, RandomPurpose.SyntheticNoise, row, -1)));
        }
    }

    public int FeatureCount { get; }

    public int ClassCount { get; }

    public double TargetDeviation => 2.5;

    public long TrainRows { get; }

    public long ValidationRows { get; }

    public long TestRows { get; init; }

    public ReadOnlySpan<float> Row(int row) => _features.AsSpan(row * FeatureCount, FeatureCount);

    public int Class(int row) => _classes[row];

    public float Target(int row) => _targets[row];

    /// <summary>Index of the row that is at <paramref name="position"/> of an epoch.</summary>
    public int TrainRowAt(int epoch, long position) => (int)((position + (epoch * 7L)) % TrainRows);

    /// <summary>Whether the rows of the first epoch and the validation rows are lent, not copied.</summary>
    public bool IsLending { get; init; }

    public IRowReader OpenEpoch(int epoch, long firstRow) => new Reader(this, firstRow, TrainRows, position => TrainRowAt(epoch, position)) { IsLending = IsLending && epoch == 0 };

    public IRowReader OpenValidation() => new Reader(this, 0, ValidationRows, position => (int)(TrainRows + position)) { IsLending = IsLending };

    /// <summary>The first of the validation rows.</summary>
    public IRowReader OpenTest() => new Reader(this, 0, TestRows, position => (int)(TrainRows + position));

    private sealed class Reader(ArrayRows rows, long next, long end, Func<long, int> rowAt) : IRowReader
    {
        private long _next = next;
        private RowTile? _atHand;
        private RowTile? _prepared;
        private bool _isPrepared;

        public bool IsLending { get; init; }

        public RowTile? Next(int most, CancellationToken cancellationToken)
        {
            if (IsLending)
            {
                var count = (int)Math.Min(most, end - _next);
                _next += count;
                return count == 0 ? null : RowTile.Of(rows._features, rows._classes, rows._targets, rows.FeatureCount, rowAt(_next - count), count);
            }

            // Whoever still looks at what the last call gave sees no numbers.
            _atHand?.Features.AsSpan().Fill(float.NaN);
            Prepare(most);
            (_atHand, _prepared, _isPrepared) = (_prepared, _atHand, false);
            return _atHand!.Count > 0 ? _atHand : null;
        }

        public void Prepare(int most)
        {
            if (!IsLending && !_isPrepared)
            {
                var count = (int)Math.Min(most, end - _next);
                Copy(most, count);
                _next += count;
                _isPrepared = true;
            }
        }

        private void Copy(int most, int count)
        {
            var tile = RowTile.Empty(ref _prepared, most, rows.FeatureCount);
            for (tile.Count = count; count > 0; count--)
            {
                var (index, row) = (count - 1, rowAt(_next + count - 1));
                rows.Row(row).CopyTo(tile.Features.AsSpan(index * rows.FeatureCount));
                tile.Classes[index] = rows.Class(row);
                tile.Targets[index] = rows.Target(row);
            }
        }

        public void Dispose()
        {
        }
    }
}
