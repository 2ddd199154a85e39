using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace CloudSweep.TestSupport.Containers;

/// <summary>The Docker engine that Testcontainers finds (DOCKER_HOST, else the usual sockets), where one answers.</summary>
public static class DockerEngine
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeToPull = TimeSpan.FromMinutes(5);

    private static readonly Task<DockerClient?> Found = FindAsync();

    /// <summary>True where the engine has an image or, if it may be asked for, gets it.</summary>
    /// <param name="image">Name and tag.</param>
    /// <param name="mayPull">False for images that are only made here: whoever published others by their name would be trusted otherwise.</param>
    public static async Task<bool> HasImageAsync(string image, bool mayPull) =>
        await Found is { } docker && (await IsPresentAsync(docker, image) || (mayPull && await PullAsync(docker, image)));

    /// <summary>Its calls, for what Testcontainers has none for.</summary>
    internal static async Task<DockerClient> RequireAsync() => await Found ?? throw new InvalidOperationException("No Docker engine answers.");

    private static async Task<DockerClient?> FindAsync()
    {
        try
        {
            if (TestcontainersSettings.OS.DockerEndpointAuthConfig is not { } endpoint)
            {
                return null;
            }

            using var limit = new CancellationTokenSource(TimeToAnswer);
            var docker = endpoint.GetDockerClientBuilder(Guid.NewGuid()).Build();
            await docker.System.PingAsync(limit.Token);
            return docker;
        }
        catch (Exception exception) when (exception is DockerUnavailableException or DockerApiException or HttpRequestException or IOException or OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }

    private static async Task<bool> IsPresentAsync(DockerClient docker, string image)
    {
        try
        {
            await docker.Images.InspectImageAsync(image, TestContext.Current.CancellationToken);
            return true;
        }
        catch (DockerImageNotFoundException)
        {
            return false;
        }
    }

    private static async Task<bool> PullAsync(DockerClient docker, string image)
    {
        var tag = image.LastIndexOf(':');
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeToPull);
        try
        {
            await docker.Images.CreateImageAsync(
                new ImagesCreateParameters { FromImage = image[..tag], Tag = image[(tag + 1)..] }, authConfig: null, new Progress<JSONMessage>(), limit.Token);
            return await IsPresentAsync(docker, image);
        }
        catch (Exception exception) when (exception is DockerApiException or HttpRequestException or IOException || (exception is OperationCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
