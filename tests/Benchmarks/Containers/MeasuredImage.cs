namespace CloudSweep.Benchmarks.Containers;

/// <summary>An image and how it is started.</summary>
/// <param name="Name">Its name without repository and tag.</param>
/// <param name="Settings">Options of <c>docker run</c> that it needs to become healthy.</param>
/// <param name="Command">For an image that runs no server: a command after which its container ends. Null: it becomes healthy.</param>
internal sealed record MeasuredImage(string Name, string[] Settings, string? Command = null)
{
    private const int BytesPerMegabyte = 1_000_000;
    private const string Healthy = "healthy";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private string Reference => $"cloudsweep/{Name}:{(Environment.GetEnvironmentVariable("CLOUDSWEEP_IMAGE_TAG") is { Length: > 0 } tag ? tag : "dev")}";

    public Task<double> SizeMegabytesAsync(CancellationToken cancellationToken) => SizeMegabytesAsync(Reference, cancellationToken);

    public static async Task<double> SizeMegabytesAsync(string reference, CancellationToken cancellationToken) =>
        double.Parse(await DockerCommand.RunAsync(cancellationToken, "image", "inspect", "--format", "{{.Size}}", reference), System.Globalization.CultureInfo.InvariantCulture) / BytesPerMegabyte;

    /// <summary>Seconds from <c>docker run</c> until the container is healthy, or has ended.</summary>
    public async Task<double> StartSecondsAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        if (Command is not null)
        {
            await DockerCommand.RunAsync(cancellationToken, "run", "--rm", "--network", "none", Reference, Command);
            return time.GetElapsedTime(begin).TotalSeconds;
        }

        // The health check's interval would be most of what is measured.
        var id = await DockerCommand.RunAsync(cancellationToken, ["run", "--detach", "--network", "none", "--health-interval", "50ms", .. Settings, Reference]);
        try
        {
            while (await DockerCommand.RunAsync(cancellationToken, "inspect", "--format", "{{.State.Health.Status}}", id) != Healthy)
            {
                await Task.Delay(Poll, time, cancellationToken);
            }

            return time.GetElapsedTime(begin).TotalSeconds;
        }
        finally
        {
            await DockerCommand.RunAsync(CancellationToken.None, "rm", "--force", "--volumes", id);
        }
    }
}
