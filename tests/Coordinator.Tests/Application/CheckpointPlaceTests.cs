using CloudSweep.Coordinator.Application;

namespace CloudSweep.Coordinator.Tests.Application;

public sealed class CheckpointPlaceTests
{
    [Theory]
    [InlineData("gs://b/checkpoints", "gs://b/checkpoints")]
    [InlineData("gs://b/checkpoints", "gs://b/checkpoints/")]
    [InlineData("gs://b/checkpoints", "")]
    [InlineData("/mnt/checkpoints", "/var/checkpoints")]
    public void Require_SamePlaceOrNotToBeTold_IsAccepted(string own, string workers) => CheckpointPlace.Require(own, workers);

    [Theory]
    [InlineData("gs://b/checkpoints", "gs://b/other")]
    [InlineData("gs://b/checkpoints", "gs://c/checkpoints")]
    [InlineData("gs://b/checkpoints", "/var/checkpoints")]
    [InlineData("/var/checkpoints", "gs://b/checkpoints")]
    public void Require_AnotherPlace_NamesBothAndTheSetting(string own, string workers)
    {
        var refused = Assert.Throws<WorkerRefusedException>(() => CheckpointPlace.Require(own, workers));

        Assert.StartsWith($"Its Checkpoints:Location ('{workers}') is not that of the Coordinator ('{own}')", refused.Message, StringComparison.Ordinal);
    }
}
