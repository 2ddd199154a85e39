using CloudSweep.TestSupport.Containers;

namespace CloudSweep.Integration.Tests.Images;

/// <summary>A container of one of our images as a careful person starts it: nothing can be written but volumes, no capability, no new privileges.</summary>
internal sealed class HardenedContainer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string _id;

    private HardenedContainer(string id) => _id = id;

    /// <summary>The health check's own interval of 10 s is shortened, nothing else of it.</summary>
    public static async Task<HardenedContainer> StartAsync(string image, params IEnumerable<string> options) => new(await Docker.RunAsync(
    [
        "run", "--detach", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none",
        "--health-interval", "1s", "--health-retries", "1", "--label", "cloudsweep-images-test", .. options, CloudSweepImage.Of(image),
    ]));

    /// <summary>Waits until the health check says healthy or unhealthy.</summary>
    public async Task WaitForHealthAsync(string wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        string seen;
        while ((seen = await InspectAsync("{{.State.Health.Status}}")) != wanted)
        {
            Assert.False(await InspectAsync("{{.State.Running}}") == "false" || limit.IsCancellationRequested, $"is {seen}, not {wanted}:\n{await TellAsync()}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public Task SignalAsync(string name) => Docker.RunAsync("kill", "--signal", name, _id);

    /// <returns>The exit code.</returns>
    public async Task<string> StopAsync()
    {
        await Docker.RunAsync("stop", "--time", "30", _id);
        return await InspectAsync("{{.State.ExitCode}}");
    }

    /// <summary>What it and its last health checks said.</summary>
    public async Task<string> TellAsync()
    {
        var (_, output, errors) = await Docker.TryAsync("logs", _id);
        return $"{output}{errors}{await InspectAsync("{{json .State.Health}}")}";
    }

    public async ValueTask DisposeAsync() => await Docker.TryAsync("rm", "--force", "--volumes", _id);

    private Task<string> InspectAsync(string format) => Docker.RunAsync("inspect", "--format", format, _id);
}
