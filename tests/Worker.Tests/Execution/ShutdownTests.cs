using CloudSweep.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>How long a Worker's host takes to come to an end.</summary>
public sealed class ShutdownTests
{
    [Theory]
    [InlineData("00:00:01", 2.5)]
    [InlineData("00:02:00", 121.5)]
    public void ShutdownTimeout_DrainTimeIsSet_Follows(string drainTimeout, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ShutdownTimeout(new() { ["Worker:DrainTimeout"] = drainTimeout }));

    [Fact]
    public void ShutdownTimeout_NothingIsSet_IsBelowTwelveSeconds() => Assert.InRange(ShutdownTimeout([]), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11.9));

    [Fact]
    public void Build_AnyWorker_HasNoServiceWaitForAnother()
    {
        using var folder = new TemporaryFolder();
        using var host = WorkerHost.Build(["--Worker:Coordinator=unix:/unused", $"--Data:CacheDirectory={folder["cache"]}", "--Checkpoints:Location=/unused"]);

        Assert.True(host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ServicesStopConcurrently);
    }

    private static TimeSpan ShutdownTimeout(Dictionary<string, string?> settings)
    {
        settings["Worker:Coordinator"] = "unix:/unused";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddWorker(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
    }
}
