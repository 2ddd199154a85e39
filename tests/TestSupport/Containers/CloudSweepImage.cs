namespace CloudSweep.TestSupport.Containers;

/// <summary>The images that deploy/docker/build.sh makes of this repository.</summary>
public static class CloudSweepImage
{
    /// <summary>What to do where they are missing.</summary>
    public static string Missing { get; } =
        $"Images of this repository with the tag {Tag} are missing: start a Docker engine and run deploy/docker/build.sh {Tag}, or name another tag in CLOUDSWEEP_IMAGE_TAG.";

    /// <summary>Whether all that a cluster of containers is made of can be had here.</summary>
    public static async Task<bool> AreAllThereAsync()
    {
        foreach (var name in (string[])["coordinator", "worker", "storage-emulator"])
        {
            if (!await DockerEngine.HasImageAsync(Of(name), mayPull: false))
            {
                return false;
            }
        }

        return true;
    }

    private static string Tag => Environment.GetEnvironmentVariable("CLOUDSWEEP_IMAGE_TAG") is { Length: > 0 } tag ? tag : "dev";

    /// <param name="name">coordinator, worker, cli or storage-emulator.</param>
    public static string Of(string name) => $"cloudsweep/{name}:{Tag}";
}
