using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>What holds for the shards of a pattern wherever they are.</summary>
internal static class FoundShards
{
    /// <exception cref="DataErrorException">There are empty files or objects; the first are named.</exception>
    public static void RequireContent(IEnumerable<string> emptyNames)
    {
        var problems = emptyNames
            .Take(DataMistakes.Limit)
            .Select(name => $"{name}: the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern.")
            .ToArray();
        if (problems.Length > 0)
        {
            throw new DataErrorException(string.Join('\n', problems));
        }
    }

    /// <exception cref="DataErrorException">There is none, or two share a key.</exception>
    public static ShardTable ToTable(ShardPattern pattern, IEnumerable<Shard> found)
    {
        var shards = new SortedDictionary<string, Shard>(StringComparer.Ordinal);
        foreach (var shard in found)
        {
            if (!shards.TryAdd(shard.Key, shard))
            {
                throw new DataErrorException($"The data pattern '{pattern.Text}' finds two shards with the key '{shard.Key}': {ShardName.OfUri(shards[shard.Key].Uri)} and {ShardName.OfUri(shard.Uri)}; a key (the name after the fixed prefix, less .gz, .zst and .csv, .parquet, .svm, .libsvm) may occur once, so rename one or narrow the pattern.");
            }
        }

        return shards.Count > 0
            ? new ShardTable([.. shards.Values])
            : throw new DataErrorException($"The data pattern '{pattern.Text}' finds no file; at least one must match, so check the folder and the wildcards.");
    }
}
