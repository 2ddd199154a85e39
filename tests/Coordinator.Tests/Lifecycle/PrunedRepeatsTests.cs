using CloudSweep.Core.Domain;
using SweepState = CloudSweep.Protos.V1.SweepState;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Repeats of a configuration go together, in whatever jobs they are.</summary>
public abstract class PrunedRepeatsTests(StoreChoice store) : RungLifecycle(store)
{
    [Fact]
    public async Task Rung_RepeatsNotBegun_GoTheWayOfTheOthers()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 8, repeats: 3));

        for (var job = 0; await Worker.AcquireAsync() is { } grant; job++)
        {
            Assert.Equal(job == 0 ? 8 : 3, grant.Train.Trials.Count);
            await ClimbAsync(grant, trial => (trial + 2) / 3);
            await Worker.FinishAsync(grant);
        }

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 9, 15), (description.Progress.State, description.Progress.Trials.Completed, description.Progress.Trials.Pruned));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], description.Trials.Where(trial => trial.State == TrialState.Completed).Select(trial => trial.Number));
        Assert.Equal("not begun; its other repeats were pruned at step 80 (rung 1): val_loss 0.8, place 8 of 8", description.Trials[^1].Reason);
        await AssertReplayAsync(sweep);
    }

    [Fact]
    public async Task Rung_RepeatsUnderWay_AreDecidedTogetherByTheirMean()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 8, repeats: 2));
        var first = await Worker.AcquireOrFailAsync();
        var second = await Worker.AcquireOrFailAsync();

        // By the first repeat 8 is the best, by the mean 1 is.
        var early = await Worker.ReportAsync(first, report => report.Measurements.Add(first.Train.Trials.Select(trial => RungSamples.Rung(trial.Number, 1, trial.Number == 15 ? 0.01 : trial.Number))));
        var late = await Worker.ReportAsync(second, report => report.Measurements.Add(second.Train.Trials.Select(trial => RungSamples.Rung(trial.Number, 1, trial.Number == 16 ? 99 : trial.Number))));
        var told = await Worker.ReportAsync(first, report => report.Measurements.Add(Samples.Evaluation(15, 0.001, step: 85)));

        Assert.Equal(8, early.OpenTrials.Count);
        Assert.Equal([2, 4, 6], late.OpenTrials);
        Assert.Equal([1, 3, 5], told.OpenTrials);
        var entry = (await DescribeAsync(sweep)).Pruning.Decisions.Single().Entries[0];
        Assert.Equal(1.5, entry.Value);
        Assert.DoesNotContain(await MeasurementsAsync(sweep), measurement => measurement.KindCase == Protos.V1.Measurement.KindOneofCase.Evaluation);
        Assert.Equal([1, 2], entry.Trials);
    }

    [Fact]
    public async Task Rung_RepeatsOfAJobGivenBack_KeepNobodyWaiting()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 8, repeats: 2));
        var first = await Worker.AcquireOrFailAsync();
        var second = await Worker.AcquireOrFailAsync();
        await Worker.ReleaseAsync(second);

        var told = await Worker.ReportAsync(first, report => report.Measurements.Add(Rungs(first, 1)));
        var again = await Worker.AcquireOrFailAsync();

        Assert.Equal([1, 3, 5], told.OpenTrials);
        Assert.Equal([2, 4, 6], again.Train.Trials.Select(trial => trial.Number));
        Assert.Single((await DescribeAsync(sweep)).Pruning.Decisions);
    }

    [Fact]
    public async Task Retry_RepeatOfAConfigurationThatWasPruned_StaysFailed()
    {
        var sweep = await SubmitAndProfileAsync(With(rates: 8, repeats: 2));
        var first = await Worker.AcquireOrFailAsync();
        var second = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(second, report => report.Outcomes.Add([Samples.Outcome(2, TrialState.Failed), Samples.Outcome(16, TrialState.Failed)]));
        await Worker.ReportAsync(second, report => report.Measurements.Add(second.Train.Trials.Where(trial => trial.Number is not (2 or 16)).Select(trial => RungSamples.Rung(trial.Number, 1, 0.1 * trial.Number))));
        await Worker.ReportAsync(first, report => report.Measurements.Add(Rungs(first, 1)));

        var retried = await Host.Sweeps.RetrySweepAsync(new Protos.V1.RetrySweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([2], retried.Retried);
    }

    [Fact]
    public async Task Rung_EveryTrialOfAWaitingJobIsPruned_ClosesThatJob()
    {
        // Repeats of bad rates that wait in a job of their own are never granted.
        var sweep = await SubmitAndProfileAsync(With(rates: 8, repeats: 2));
        var grant = await Worker.AcquireOrFailAsync();
        await Host.Store.WriteAsync(
            transaction =>
            {
                // As after a split: the two worst of the second repeat have a job of their own.
                var record = transaction.FindSweep(new SweepId(sweep))!;
                var job = new JobId(record.Id, record.JobCount + 1);
                transaction.InsertJobs([new Core.Ports.Store.JobRecord { Id = job, Kind = Core.Ports.Store.JobKind.Train, EligibleAt = Host.Time.GetUtcNow() }]);
                for (var number = 14; number <= 16; number += 2)
                {
                    transaction.UpdateTrial(transaction.FindTrial(record.Id, number)! with { Job = job.Number });
                }

                transaction.UpdateSweep(record with { JobCount = record.JobCount + 1, OpenJobs = record.OpenJobs + 1 });
                return true;
            },
            TestContext.Current.CancellationToken);

        await ClimbAsync(grant);
        await Worker.FinishAsync(grant);
        var last = await Worker.AcquireOrFailAsync();
        await ClimbAsync(last);
        await Worker.FinishAsync(last);

        Assert.Null(await Worker.AcquireAsync());
        Assert.Equal(SweepState.Completed, await StateAsync(sweep));
    }
}

public sealed class MemoryPrunedRepeatsTests() : PrunedRepeatsTests(StoreChoice.Memory);

public sealed class SqlitePrunedRepeatsTests() : PrunedRepeatsTests(StoreChoice.Sqlite);
