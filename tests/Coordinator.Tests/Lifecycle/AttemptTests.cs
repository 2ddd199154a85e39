using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using SweepState = CloudSweep.Protos.V1.SweepState;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>What counts as an attempt, and what happens after too many of them.</summary>
public abstract class AttemptTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Attempts_ThatKillTheirWorker_FailTheTrialsWhenTheyAreTooMany()
    {
        var sweep = await SubmitAndProfileAsync(Submission(trialsPerJob: 1, maxAttempts: 3));

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await LoseEveryWorkerAsync();
        }

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Equal(Samples.Trials, description.Progress.Trials.Failed);
        Assert.All(description.Trials, trial => Assert.EndsWith("(3 attempts without progress)", trial.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempts_ThatKillTheirWorkerInTheProfileStage_FailTheSweepWhenTheyAreTooMany()
    {
        var sweep = await SubmitAsync(Submission(trialsPerJob: 1, maxAttempts: 2));

        await LoseEveryWorkerAsync();
        Assert.Equal(SweepState.Preparing, await StateAsync(sweep));
        await LoseEveryWorkerAsync();

        Assert.Equal(SweepState.Failed, await StateAsync(sweep));
    }

    [Fact]
    public async Task Attempts_ThatOneTrialSpoils_FailThatTrialOnly()
    {
        var sweep = await SubmitAndProfileAsync(Submission(trialsPerJob: 4, maxAttempts: 3));

        for (var attempt = 0; attempt < 20 && await Worker.AcquireAsync() is { } grant; attempt++)
        {
            if (grant.Train.Trials.Any(trial => trial.Number == 3))
            {
                await Worker.FinishAsync(grant, new AttemptFailure { Message = "out of memory" });
            }
            else
            {
                await Worker.TrainAsync(grant);
                await Worker.FinishAsync(grant);
            }

            Host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Equal(3, Assert.Single(description.Trials, trial => trial.State == TrialState.Failed).Number);
        Assert.Equal(3, description.Progress.Trials.Completed);
    }

    [Fact]
    public async Task Attempts_WithAReleaseAfterProgressInBetween_AreNotConsecutive()
    {
        var sweep = await SubmitAndProfileAsync(Submission(trialsPerJob: 4, maxAttempts: 2));
        await FailAsync(await Worker.AcquireOrFailAsync());

        var preempted = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(preempted, report => report.Measurements.Add(Samples.Evaluation(1, TestWorker.LossOf(1))));
        await Worker.ReleaseAsync(preempted);
        await FailAsync(await Worker.AcquireOrFailAsync());
        await Worker.FinishEverythingAsync();

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Finish_WithAFailureRepeated_CountsOneAttempt()
    {
        var sweep = await SubmitAndProfileAsync(Submission(trialsPerJob: 4, maxAttempts: 2));
        var grant = await Worker.AcquireOrFailAsync();

        await FailAsync(grant);
        await FailAsync(grant);
        await Worker.FinishEverythingAsync();

        await AssertCompletedAsync(sweep);
    }

    private protected static SubmitSweepRequest Submission(int trialsPerJob, int maxAttempts) => Samples.Submission(
        Samples.Spec with { Execution = new ExecutionSpec(null, trialsPerJob, maxAttempts, "auto") });

    private async Task FailAsync(Grant grant)
    {
        await Worker.FinishAsync(grant, new AttemptFailure { Message = "disk full" });
        Host.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task LoseEveryWorkerAsync()
    {
        while (await Worker.AcquireAsync() is not null)
        {
        }

        await Host.ExpireLeasesAsync();
    }
}

public sealed class MemoryAttemptTests() : AttemptTests(StoreChoice.Memory);

public sealed class SqliteAttemptTests() : AttemptTests(StoreChoice.Sqlite);
