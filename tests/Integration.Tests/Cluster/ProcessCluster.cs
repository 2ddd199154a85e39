using System.Globalization;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Containers;
using CloudSweep.TestSupport.Processes;
using CloudSweep.Worker.Connection;

namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>A cluster of processes of this machine.</summary>
internal sealed class ProcessCluster : SweepCluster
{
    private readonly string _address;
    private int _caches;

    private ProcessCluster(CloudServices services, string address)
        : base(services, new ConnectionOptions { Coordinator = address }) => _address = address;

    /// <summary>Nothing runs before <see cref="SweepCluster.StartAsync"/>.</summary>
    public ProcessCluster(CloudServices services)
        : this(services, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"))
    {
    }

    /// <summary>For what containers go through with the same words: once is enough on one machine.</summary>
    public static async Task SkipWhereContainersRunAsync() =>
        Assert.SkipWhen(await CloudSweepImage.AreAllThereAsync(), "The same runs in containers here.");

    protected override Task<IProgram> LaunchCoordinatorAsync(IEnumerable<string> settings) =>
        LaunchAsync(["coordinator", $"--Listen={_address}", $"--Storage:Directory={this["coordinator"]}", .. settings]);

    protected override Task<IProgram> LaunchWorkerAsync(IEnumerable<string> settings) =>
        LaunchAsync(["worker", $"--Worker:Coordinator={_address}", $"--Data:CacheDirectory={this[$"cache-{Interlocked.Increment(ref _caches)}"]}", .. settings]);

    private Task<IProgram> LaunchAsync(IEnumerable<string> arguments) =>
        Task.FromResult<IProgram>(ChildProcess.Start(Program, Path.GetDirectoryName(this["."])!, Services.Environment, arguments));
}
