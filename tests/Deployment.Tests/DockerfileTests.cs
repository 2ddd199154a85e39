using CloudSweep.Deployment.Tests.Images;

namespace CloudSweep.Deployment.Tests;

public sealed class DockerfileTests
{
    [Fact]
    public void Images_All_EndAsTheUnprivilegedUserWithAnEntryPointInExecForm()
    {
        var stages = DockerStage.All.Where(stage => stage.Key is not ("build" or "base"));

        Assert.Equal(["coordinator", "worker", "cli", "storage-emulator"], stages.Select(stage => stage.Key));
        Assert.All(stages, stage =>
        {
            Assert.Equal("USER $APP_UID", stage.Value.Lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
            Assert.StartsWith("ENTRYPOINT [", stage.Value.Lines.Single(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)), StringComparison.Ordinal);
        });
    }
}
