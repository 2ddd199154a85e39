using CloudSweep.TestSupport.Containers;

namespace CloudSweep.Integration.Tests.Images;

/// <summary>Containers with the settings that an image needs and no others.</summary>
[Trait("Category", "Container")]
public sealed class HealthyContainerTests : IAsyncLifetime
{
    private static readonly string[] Coordinator = ["--env", "CloudSweep__Checkpoints__Location=/var/lib/cloudsweep/checkpoints"];

    // Nobody is there that it could work for, which is no illness.
    private static readonly string[] Worker =
        ["--env", "CloudSweep__Worker__Coordinator=http://127.0.0.1:5080", "--env", "CloudSweep__Checkpoints__Location=/var/cache/cloudsweep/checkpoints"];

    public static TheoryData<string, string[]> Servers => new() { { "coordinator", Coordinator }, { "worker", Worker }, { "storage-emulator", [] } };

    public async ValueTask InitializeAsync() => await Docker.RequireAsync(OurImages.Names);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Start_ReadOnlyAndWithoutPrivileges_BecomesHealthyAndEndsInOrder(string image, string[] settings)
    {
        await using var container = await HardenedContainer.StartAsync(image, settings);

        await container.WaitForHealthAsync("healthy");

        Assert.True(await container.StopAsync() == "0", await container.TellAsync());
    }

    [Fact]
    public async Task Health_HostStandsStill_BecomesUnhealthyAndHealthyAgain()
    {
        await using var container = await HardenedContainer.StartAsync("coordinator", Coordinator);
        await container.WaitForHealthAsync("healthy");

        await container.SignalAsync("STOP");
        await container.WaitForHealthAsync("unhealthy");
        await container.SignalAsync("CONT");

        await container.WaitForHealthAsync("healthy");
    }

    [Fact]
    public async Task Cli_ReadOnlyAndWithoutPrivileges_Works()
    {
        string[] careful = ["run", "--rm", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none"];

        Assert.Contains("submit", await Docker.RunAsync([.. careful, CloudSweepImage.Of("cli"), "--help"]), StringComparison.Ordinal);
        Assert.Contains(
            "\"existed\": false",
            await Docker.RunAsync([.. careful, "--volume", "/credentials", CloudSweepImage.Of("cli"), "credentials", "create", "/credentials", "--host", "localhost", "--output", "json"]),
            StringComparison.Ordinal);
    }
}
