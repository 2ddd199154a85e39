using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Which sweeps come from one sweep file: they have its content, and a shard in the same place, for a data pattern may be relative to the file.</summary>
internal static class SweepLineage
{
    /// <summary>The owner's sweeps of the same file on any versions of its data, newest first.</summary>
    public static IReadOnlyList<SweepRecord> Of(IStoreView view, SweepRecord sweep)
    {
        var places = ShardsOf(sweep).Select(shard => shard.Uri).ToHashSet(StringComparer.Ordinal);
        return [.. view.ListSweeps().Where(other => other.Owner == sweep.Owner && other.SpecJson == sweep.SpecJson && ShardsOf(other).Any(shard => places.Contains(shard.Uri)))];
    }

    /// <summary>What changed since the newest of the earlier sweeps; null when nothing did.</summary>
    public static DataChange? ChangeSince(IReadOnlyList<SweepRecord> earlier, SweepRecord sweep) => earlier is [var newest, ..] && newest.Identity != sweep.Identity
        ? new DataChange(newest.Id, ShardDifference.Describe(ShardsOf(newest), ShardsOf(sweep)))
        : null;

    private static IReadOnlyList<Shard> ShardsOf(SweepRecord sweep) => CanonicalJson.Read<ShardTable>(sweep.ShardTableJson).Shards;
}
