using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudSweep.Cli.Generation;

/// <summary>How rows are cut into files: consecutive, sizes differ by at most one row.</summary>
/// <param name="Shards">Number of files, 1 to the number of rows.</param>
/// <param name="IsGzip">Whether files are compressed.</param>
/// <param name="IsLibsvm">Whether files are LIBSVM instead of CSV.</param>
internal sealed partial record ShardCut(int Shards, bool IsGzip, bool IsLibsvm = false)
{
    private string Extension => (IsLibsvm ? ".svm" : ".csv") + (IsGzip ? ".gz" : "");

    /// <summary>Pattern that finds these shards and none of another cut.</summary>
    public string Pattern => string.Create(CultureInfo.InvariantCulture, $"part-*-of-{Shards:D5}{Extension}");

    public string NameOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"part-{shard:D5}-of-{Shards:D5}{Extension}");

    /// <summary>First row of a shard; that of shard <see cref="Shards"/> is the end.</summary>
    public long FirstRow(int shard, long rows) => (shard * (rows / Shards)) + Math.Min(shard, rows % Shards);

    /// <summary>Whether a file is a shard of any cut, finished or not.</summary>
    public static bool IsShardName(string name) => ShardName().IsMatch(name);

    [GeneratedRegex(@"^(part-\d{5}-of-\d{5}\.(csv|svm)(\.gz)?|\.part-\d{5}-of-\d{5}\.(csv|svm)(\.gz)?\.tmp)$", RegexOptions.CultureInvariant)]
    private static partial Regex ShardName();
}
