using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Merges profiles as far as tests of the data path need it; the real merge is in Core.</summary>
internal static class TestMerge
{
    public static DataProfile Merge(IReadOnlyList<ShardProfile> shards)
    {
        var labels = shards.SelectMany(shard => shard.Labels).GroupBy(label => label.Label)
            .Select(group => new LabelCount(group.Key, group.Sum(label => label.TrainRows), group.Sum(label => label.ValidationRows)))
            .OrderBy(label => label.Label, StringComparer.Ordinal).ToList();
        var columns = Enumerable.Range(0, shards[0].Columns.Count)
            .Select(column => shards.Select(shard => shard.Columns[column]).Aggregate(Combine)).ToList();
        var layouts = shards.Select(shard => new ShardLayout(
            shard.ShardKey, shard.Blocks, [.. shard.Labels.Select(label => labels.FindIndex(entry => entry.Label == label.Label))]));
        return new DataProfile([.. layouts], shards[0].Features, columns, labels);
    }

    private static ColumnStatistics Combine(ColumnStatistics left, ColumnStatistics right)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return left.Count == 0 ? right : left;
        }

        var count = left.Count + right.Count;
        var delta = right.Mean - left.Mean;
        return new ColumnStatistics(
            count,
            left.Mean + (delta * right.Count / count),
            left.M2 + right.M2 + (delta * delta * left.Count * right.Count / count),
            Math.Min(left.Min, right.Min),
            Math.Max(left.Max, right.Max));
    }
}
