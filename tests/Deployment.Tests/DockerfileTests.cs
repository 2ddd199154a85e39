using System.Text.RegularExpressions;
using CloudSweep.TestSupport;

namespace CloudSweep.Deployment.Tests;

public sealed partial class DockerfileTests
{
    [Fact]
    public void Images_All_EndAsTheUnprivilegedUserWithAnEntryPointInExecForm()
    {
        var stages = Stages().Where(stage => stage.Key is not ("build" or "base"));

        Assert.Equal(["coordinator", "worker", "cli", "storage-emulator"], stages.Select(stage => stage.Key));
        Assert.All(stages, stage =>
        {
            Assert.Equal("USER $APP_UID", stage.Value.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
            Assert.StartsWith("ENTRYPOINT [", stage.Value.Single(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)), StringComparison.Ordinal);
        });
    }

    private static Dictionary<string, string[]> Stages() => StageStart()
        .Split(File.ReadAllText(Repository.PathOf("deploy", "docker", "Dockerfile")))
        .Skip(1)
        .Chunk(2)
        .ToDictionary(stage => stage[0], stage => stage[1].Split('\n'));

    [GeneratedRegex("^FROM .+ AS ([a-z-]+)$", RegexOptions.Multiline)]
    private static partial Regex StageStart();
}
