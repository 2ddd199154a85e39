using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Coordinator.Application;

/// <summary>
/// What may stand in a shard table: distinct keys, and plain places of local files and objects. Which of those may be read is for each Worker to say
/// (<c>Data:AllowedRoots</c>, <c>Data:AllowedBuckets</c>): only it knows its links and mounts.
/// </summary>
internal static class ShardTableRules
{
    public const int MaxShards = 100_000;

    private const string Field = "shard_table_json";
    private const int MaxTextLength = 16 << 10;

    /// <param name="shards">As they came; entries may be null.</param>
    public static IEnumerable<SpecViolation> Check(IReadOnlyList<Shard?> shards)
    {
        if (shards.Count is 0 or > MaxShards)
        {
            yield return new SpecViolation(Field, FormattableString.Invariant($"Has {shards.Count} shards; a sweep needs 1 to {MaxShards}."));
        }

        foreach (var group in shards.OfType<Shard>().GroupBy(shard => shard.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return new SpecViolation(Field, $"Two shards have the key '{group.Key}'; keys must be unique.");
        }

        foreach (var shard in shards)
        {
            if (shard is null || shard.Key.Length is 0 or > MaxTextLength || shard.Uri.Length is 0 or > MaxTextLength || shard.SizeBytes < 0)
            {
                yield return new SpecViolation(Field, FormattableString.Invariant($"A shard has no key, no URI, one of more than {MaxTextLength} characters or a negative size; give them all."));
            }
            else if (!IsPlainPlace(shard.Uri))
            {
                yield return new SpecViolation(Field, $"'{shard.Uri}' is no plain place; use file:///absolute/path without . and .. segments, or gs://bucket/name.");
            }
        }
    }

    private static bool IsPlainPlace(string uri) =>
        !uri.Any(char.IsControl)
        && (ObjectLocation.IsCloudStorage(uri)
            ? ObjectLocation.TryParse(uri) is { Path.Length: > 0 }
            : uri.StartsWith("file:///", StringComparison.Ordinal) && IsPlainPath(Uri.UnescapeDataString(uri["file://".Length..])));

    private static bool IsPlainPath(string path) => !path.Any(char.IsControl) && !path.Split('/').Any(segment => segment is "." or "..");
}
