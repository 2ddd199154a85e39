using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>The command by which a container's health check asks the Coordinator beside it.</summary>
public sealed class HealthVerbTests
{
    [Fact]
    public async Task Health_OfACoordinatorThatServes_EndsWithZero()
    {
        await using var coordinator = await SecureCoordinator.StartAsync("--Health:Listen=http://127.0.0.1:0");
        await using var process = ChildProcess.Start("CloudSweep.Coordinator.dll", AppContext.BaseDirectory, new Dictionary<string, string>(), "health", $"--Health:Listen={coordinator.Addresses[1]}");
        var (exitCode, output, errors) = await process.WaitAsync();

        Assert.True(exitCode == 0, errors);
        Assert.StartsWith("serving, says http://127.0.0.1:", output, StringComparison.Ordinal);
    }
}
