using CloudSweep.Coordinator.Storage;
using CloudSweep.TestSupport;

namespace CloudSweep.Coordinator.Tests.Storage;

/// <summary>A state folder that goes with the test.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Not there before the first store.</summary>
    public string Path => _folder["state"];

    public string DatabasePath => SqliteDatabase.PathIn(Path);

    public SqliteSweepStore Open() => new(Path);

    public void Dispose() => _folder.Dispose();
}
