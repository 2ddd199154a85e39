namespace CloudSweep.Benchmarks.GcsDownload;

/// <summary>Objects of random bytes as files of a folder, which goes away with this object.</summary>
internal sealed class DataSet : IDisposable
{
    public const string Bucket = "benchmark";

    private DataSet(string root, string prefix, IReadOnlyList<string> names)
    {
        Root = root;
        Prefix = prefix;
        Paths = [.. names.Select(name => Path.Combine(root, Bucket, name))];
    }

    /// <summary>The folder of the bucket's folder.</summary>
    public string Root { get; }

    /// <summary>The objects' names start with it.</summary>
    public string Prefix { get; }

    /// <summary>The objects' files, in order of their names.</summary>
    public IReadOnlyList<string> Paths { get; }

    public static async Task<DataSet> WriteAsync(int objectCount, long objectBytes, CancellationToken cancellationToken)
    {
        const string Prefix = "object-";
        var root = Directory.CreateTempSubdirectory("cloudsweep-benchmark-").FullName;
        Directory.CreateDirectory(Path.Combine(root, Bucket));
        var data = new DataSet(root, Prefix, [.. Enumerable.Range(0, objectCount).Select(number => $"{Prefix}{number:000}")]);
        try
        {
            await data.FillAsync(objectBytes, cancellationToken);
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private async Task FillAsync(long objectBytes, CancellationToken cancellationToken)
    {
        var random = new Random(7);
        var block = new byte[1 << 20];
        foreach (var path in Paths)
        {
            await using var file = File.Create(path);
            for (var written = 0L; written < objectBytes; written += block.Length)
            {
                random.NextBytes(block);
                await file.WriteAsync(block, cancellationToken);
            }
        }
    }
}
