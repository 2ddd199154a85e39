using CloudSweep.Coordinator.Storage;

namespace CloudSweep.Coordinator.Tests.Storage;

/// <summary>A state folder that goes with the test.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("cloudsweep-state-").FullName;

    /// <summary>Not there before the first store.</summary>
    public string Path => System.IO.Path.Combine(_parent, "state");

    public string DatabasePath => SqliteDatabase.PathIn(Path);

    public SqliteSweepStore Open() => new(Path);

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
