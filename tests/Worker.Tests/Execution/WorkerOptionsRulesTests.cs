using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Execution.Checkpoints;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class WorkerOptionsRulesTests
{
    [Theory]
    [InlineData("unix:/run/cloudsweep.sock", true)]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("https://coordinator.example:443", true)]
    [InlineData("", false)]
    [InlineData("unix:relative.sock", false)]
    [InlineData("ftp://host", false)]
    [InlineData("host:5000", false)]
    public void Validate_Address_IsAccepted(string coordinator, bool isAccepted)
    {
        var result = new WorkerOptionsRules().Validate(null, new WorkerOptions { Coordinator = coordinator });

        Assert.Equal(isAccepted, result.Succeeded);
    }

    [Fact]
    public void Validate_ManyMistakes_NamesEachSetting()
    {
        var options = new WorkerOptions { Slots = 0, Threads = 0, DrainTimeout = TimeSpan.Zero, QuietTime = TimeSpan.Zero };

        var failures = new WorkerOptionsRules().Validate(null, options).Failures!;

        Assert.Equal(["Worker:Coordinator", "Worker:Slots", "Worker:Threads", "Worker:DrainTimeout", "Worker:QuietTime"], failures.Select(failure => failure.Split(' ')[0]));
    }

    [Theory]
    [InlineData(8, 2, 4)]
    [InlineData(2, 4, 1)]
    public void ThreadsPerSlot_Always_IsAtLeastOne(int threads, int slots, int expected) =>
        Assert.Equal(expected, new WorkerOptions { Threads = threads, Slots = slots }.ThreadsPerSlot);

    [Theory]
    [InlineData("", false)]
    [InlineData("checkpoints", false)]
    [InlineData("/var/checkpoints", true)]
    [InlineData("gs://bucket/checkpoints", true)]
    public void Validate_CheckpointLocation_IsAnAbsoluteFolderOrABucket(string location, bool isValid) =>
        Assert.Equal(isValid, new CheckpointOptionsRules().Validate(null, new CheckpointOptions { Location = location }).Succeeded);
}
