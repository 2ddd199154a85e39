using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.Chaos;

/// <summary>What the long sweep leaves when nothing goes wrong, run once for all tests.</summary>
public sealed class LongSweep : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Trials of the sweep.</summary>
    public const int Trials = 18;

    /// <summary>Folder of the undisturbed results.</summary>
    public string Results { get; private set; } = "";

    public async ValueTask InitializeAsync() =>
        Results = await ResultFiles.OfLocalRunAsync(_folder, SweepFiles.Long(Repository.PathOf("examples", "data", "digits")));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
