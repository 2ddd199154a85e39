using System.Globalization;
using CloudSweep.Hosting;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;
using CloudSweep.Worker.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Health;

/// <summary>The command by which a container's health check asks the host beside it.</summary>
public sealed class HealthProbeTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://*:8081", "http://127.0.0.1:8081/")]
    [InlineData("http://0.0.0.0:8081", "http://127.0.0.1:8081/")]
    [InlineData("http://[::]:8081", "http://127.0.0.1:8081/")]
    [InlineData("http://localhost:8081", "http://127.0.0.1:8081/")]
    [InlineData("http://10.0.0.4:81", "http://10.0.0.4:81/")]
    [InlineData("http://[::1]:8081", "http://[::1]:8081/")]
    public void TargetOf_WhereTheHostListens_IsAnAddressOfThisMachine(string listen, string target) =>
        Assert.Equal(target, HealthProbe.TargetOf(listen)!.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("http://*:0")]
    [InlineData("https://*:8081")]
    [InlineData("unix:/tmp/health.sock")]
    public void TargetOf_NothingToAsk_Null(string listen) => Assert.Null(HealthProbe.TargetOf(listen));

    [Theory]
    [InlineData(HealthStatus.Healthy, 0, "serving, says http://127.0.0.1:")]
    [InlineData(HealthStatus.Degraded, 0, "serving, says http://127.0.0.1:")]
    [InlineData(HealthStatus.Unhealthy, 1, "not serving, says http://127.0.0.1:")]
    public async Task Run_HostAnswers_TellsItsStateInOneLine(HealthStatus state, int exitCode, string line)
    {
        await using var services = new ServiceCollection().AddLogging().AddHealthChecks().AddCheck("one", () => new HealthCheckResult(state)).Services.BuildServiceProvider();
        var server = new HealthServer(
            Options.Create(new HealthOptions { Listen = "http://127.0.0.1:0" }), services.GetRequiredService<HealthCheckService>(), NullLoggerFactory.Instance, NullLogger<HealthServer>.Instance);
        await server.StartAsync(None);

        var asked = await AskAsync(new() { ["CloudSweep__Health__Listen"] = string.Create(CultureInfo.InvariantCulture, $"http://*:{server.Address!.Port}") });

        await server.StopAsync(None);
        Assert.Equal(exitCode, asked.ExitCode);
        Assert.StartsWith(line, Assert.Single(asked.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyListens_FailsInOneLine()
    {
        var asked = await AskAsync([], string.Create(CultureInfo.InvariantCulture, $"--Health:Listen=http://127.0.0.1:{FreePort.Next()}"));

        Assert.Equal(1, asked.ExitCode);
        Assert.StartsWith("no answer from http://127.0.0.1:", Assert.Single(asked.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingIsSet_NamesTheSetting()
    {
        var asked = await AskAsync([]);

        Assert.Equal(1, asked.ExitCode);
        Assert.StartsWith("not asked: Health:Listen ('') must be", Assert.Single(asked.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AWordThatIsNoCommand_IsRefused()
    {
        await using var process = ChildProcess.Start("CloudSweep.Worker.dll", AppContext.BaseDirectory, new Dictionary<string, string>(), "helth");
        var (exitCode, _, errors) = await process.WaitAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains("'helth' is neither 'health' nor a setting", errors, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string[] Said)> AskAsync(Dictionary<string, string> environment, params string[] settings)
    {
        await using var process = ChildProcess.Start("CloudSweep.Worker.dll", AppContext.BaseDirectory, environment, ["health", .. settings]);
        var (exitCode, output, errors) = await process.WaitAsync();
        return (exitCode, (output + errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
