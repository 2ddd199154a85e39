using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;

namespace CloudSweep.Benchmarks.Containers;

/// <summary>
/// What the images add to the base image, and how long their containers take from <c>docker run</c> to healthy, beside a container of the base image that starts
/// .NET's launcher and ends.
/// </summary>
internal sealed class ContainersBenchmark : IBenchmark
{
    private const string BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0";
    private const int Repeats = 5;

    private static readonly MeasuredImage[] Images =
    [
        new("coordinator", ["--env", "CloudSweep__Checkpoints__Location=/var/lib/cloudsweep/checkpoints"]),
        new("worker", ["--env", "CloudSweep__Worker__Coordinator=http://127.0.0.1:5080", "--env", "CloudSweep__Checkpoints__Location=/var/cache/cloudsweep/checkpoints"]),
        new("storage-emulator", []),
        new("cli", [], Command: "--help"),
    ];

    public string Name => "containers";

    public string Description => "Sizes of the images and how long their containers take to be healthy, beside the base image. Needs Docker and deploy/docker/build.sh";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var baseSize = await MeasuredImage.SizeMegabytesAsync(BaseImage, cancellationToken);
        foreach (var image in Images)
        {
            var size = await image.SizeMegabytesAsync(cancellationToken);
            yield return new CaseResult(Name, $"{image.Name}: size", size - baseSize, "MB added", Goal: null, new Dictionary<string, double> { ["image MB"] = size, ["base MB"] = baseSize });
        }

        foreach (var image in Images)
        {
            var turns = await Interleaved<double>.RunAsync(
                Repeats, () => image.StartSecondsAsync(TimeProvider.System, cancellationToken), () => StartBaseAsync(TimeProvider.System, cancellationToken));
            yield return new CaseResult(Name, $"{image.Name}: start", turns.Median(turn => turn[0]), image.Command is null ? "s to healthy" : $"s for {image.Command}", Goal: null, new Dictionary<string, double>
            {
                ["lowest"] = turns.Lowest(turn => turn[0]),
                ["highest"] = turns.Highest(turn => turn[0]),
                ["base image s"] = turns.Median(turn => turn[1]),
            });
        }
    }

    private static async Task<double> StartBaseAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        await DockerCommand.RunAsync(cancellationToken, "run", "--rm", "--network", "none", "--entrypoint", "dotnet", BaseImage, "--list-runtimes");
        return time.GetElapsedTime(begin).TotalSeconds;
    }
}
