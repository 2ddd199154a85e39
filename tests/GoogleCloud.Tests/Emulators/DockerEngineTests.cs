using CloudSweep.TestSupport.Containers;

namespace CloudSweep.GoogleCloud.Tests.Emulators;

/// <summary>Images that a Docker engine can't have, which is also what there is without an engine.</summary>
public sealed class DockerEngineTests
{
    // Nothing listens there, so the engine is refused at once.
    private const string Nowhere = "127.0.0.1:1/cloudsweep/nothing:1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HasImage_NobodyHasIt_IsFalse(bool mayPull) => Assert.False(await DockerEngine.HasImageAsync(Nowhere, mayPull));
}
