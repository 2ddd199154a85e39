using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Makes sparse shards as wide as the widest: a feature that a shard never names is 0 in all its rows.</summary>
internal static class SparseShards
{
    public static IReadOnlyList<ShardProfile> Pad(IReadOnlyList<ShardProfile> shards)
    {
        var widest = shards.MaxBy(shard => shard.Features.Count)!;
        return [.. shards.Select(shard => IsNarrower(shard, widest) ? Pad(shard, widest.Features) : shard)];
    }

    private static bool IsNarrower(ShardProfile shard, ShardProfile widest) =>
        shard.IsSparse
        && shard.Features.Count < widest.Features.Count
        && shard.Features.SequenceEqual(widest.Features.Take(shard.Features.Count), StringComparer.Ordinal);

    private static ShardProfile Pad(ShardProfile shard, IReadOnlyList<string> features)
    {
        // What the pass over a column of zeros gives, to the last bit.
        var trainRows = shard.Blocks.Sum(block => (long)block.TrainRows);
        ColumnProfile zeros = new ColumnProfile.Numeric(trainRows == 0
            ? new ColumnStatistics(0, 0, 0, double.PositiveInfinity, double.NegativeInfinity)
            : new ColumnStatistics(trainRows, 0, 0, 0, 0));
        return shard with { Features = features, Columns = [.. shard.Columns, .. Enumerable.Repeat(zeros, features.Count - shard.Features.Count)] };
    }
}
