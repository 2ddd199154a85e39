using CloudSweep.Coordinator.Configuration;

namespace CloudSweep.Coordinator.Tests.Configuration;

public sealed class CheckpointOptionsRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("checkpoints")]
    [InlineData("s3://bucket/checkpoints")]
    public void Validate_NoLocation_TellsSettingAndRule(string location)
    {
        var result = new CheckpointOptionsRules().Validate(null, new CheckpointOptions { Location = location });

        Assert.Equal(
            $"Checkpoints:Location ('{location}') must be an absolute folder or gs://bucket/prefix, the same for the Coordinator and its Workers.",
            result.FailureMessage);
    }

    [Theory]
    [InlineData("/var/checkpoints")]
    [InlineData("gs://bucket/checkpoints")]
    public void Validate_Location_Succeeds(string location) =>
        Assert.True(new CheckpointOptionsRules().Validate(null, new CheckpointOptions { Location = location }).Succeeded);
}
