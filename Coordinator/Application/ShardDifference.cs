using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>Says which shards of a data set are other ones than before.</summary>
internal static class ShardDifference
{
    private const int Named = 3;

    /// <summary>E.g. <c>part-001 changed, part-009 is gone, 2 more differ</c>.</summary>
    public static string Describe(IReadOnlyList<Shard> before, IReadOnlyList<Shard> now)
    {
        var old = before.ToDictionary(shard => shard.Key, StringComparer.Ordinal);
        var current = now.ToDictionary(shard => shard.Key, StringComparer.Ordinal);
        string[] differences =
        [
            .. now.Where(shard => old.TryGetValue(shard.Key, out var other) && other != shard).Select(shard => $"{shard.Key} changed"),
            .. before.Where(shard => !current.ContainsKey(shard.Key)).Select(shard => $"{shard.Key} is gone"),
            .. now.Where(shard => !old.ContainsKey(shard.Key)).Select(shard => $"{shard.Key} is new"),
        ];
        return string.Join(", ", differences.Length <= Named
            ? differences
            : [.. differences.Take(Named), string.Create(CultureInfo.InvariantCulture, $"{differences.Length - Named} more differ")]);
    }
}
