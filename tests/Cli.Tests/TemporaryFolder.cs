namespace CloudSweep.Cli.Tests;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cloudsweep-cli-");

    public string Root => _root.FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => _root.Delete(recursive: true);
}
