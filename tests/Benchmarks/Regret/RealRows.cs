using System.Globalization;
using System.IO.Compression;
using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>Rows of gzip CSV shards with a header, the label first, in an order of their own; standardized by the training rows.</summary>
internal static class RealRows
{
    /// <summary>The digits of <c>examples/data</c>: 64 features, 10 classes.</summary>
    public static TableRows Digits(int trainRows) => Read(Path.Combine(Root(), "examples", "data", "digits"), trainRows, validationRows: 1797 - trainRows);

    /// <summary>Some of the 10,000 rows of <c>mnist10k</c>, which lies beside the repository: 784 features, 10 classes.</summary>
    public static TableRows Mnist(int trainRows, int validationRows) => Read(MnistFolder(), trainRows, validationRows);

    public static string MnistFolder() => Path.GetFullPath(Path.Combine(Root(), "..", "shared", "data", "mnist10k"));

    private static TableRows Read(string folder, int trainRows, int validationRows)
    {
        var shards = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csv.gz").Order(StringComparer.Ordinal) : throw new DirectoryNotFoundException($"There is no folder {folder} with shards.");
        var table = shards.SelectMany(Lines).Index()
            .OrderBy(line => KeyedRandom.Bits(1, RandomPurpose.Split, 0, line.Index))
            .Take(trainRows + validationRows)
            .Select(line => line.Item.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        return TableRows.OfClasses(TableRows.Standardized([.. table.Select(row => row[1..])], trainRows), [.. table.Select(row => (int)row[0])], trainRows);
    }

    private static IEnumerable<string> Lines(string shard)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(shard), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // The solution is beside the tests, wherever this is run from.
    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CloudSweep.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The benchmarks run from the repository's build output.");
    }
}
