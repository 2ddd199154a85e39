using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>A folder of buckets with what sweeps train on: digits, and mnist10k where it lies beside the repository.</summary>
public sealed class TrainingData : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainingData()
    {
        Copy(Digits, "digits");
        if (Directory.Exists(Mnist))
        {
            Copy(Mnist, "mnist10k");
        }
    }

    public static string Digits { get; } = Repository.PathOf("examples", "data", "digits");

    /// <summary>It may not be there.</summary>
    public static string Mnist { get; } = Path.GetFullPath(Repository.PathOf("..", "shared", "data", "mnist10k"));

    public string Folder => _folder.Root;

    public void Dispose() => _folder.Dispose();

    private void Copy(string folder, string name)
    {
        var target = Directory.CreateDirectory(Path.Combine(Folder, CloudServices.BucketName, name)).FullName;
        foreach (var file in Directory.EnumerateFiles(folder, "part-*.csv.gz"))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }
}
