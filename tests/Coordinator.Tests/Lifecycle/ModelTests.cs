using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Grpc.Core;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Models of trials: kept with the final report, handed out for the winner, deleted for the others.</summary>
public abstract class ModelTests(StoreChoice store) : LifecycleTests(store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Download_CompletedSweep_GivesTheWinnersWeights()
    {
        var sweep = await CompleteAsync();

        var (head, bytes) = await DownloadAsync(sweep);

        var winner = WinnerOf(await DescribeAsync(sweep)).Number;
        Assert.Equal(winner, head.Trial.Number);
        Assert.Equal(Samples.Weights(winner), bytes);
        Assert.Equal((Samples.StepsPerTrial, 3L), (head.Step, head.SizeBytes));
        Assert.NotEmpty(head.ProfileJson);
    }

    [Fact]
    public async Task CleanCheckpoints_CompletedSweep_LeavesTheModelsOfTheRecommendedAndTheBest()
    {
        var sweep = await CompleteAsync();

        await Host.CleanCheckpointsAsync();

        var description = await DescribeAsync(sweep);
        var kept = (await Host.Checkpoints.ListAsync(Token)).Select(name => int.Parse(name[(name.LastIndexOf('-') + 1)..], null));
        Assert.Equal(new[] { WinnerOf(description).Number, description.Answer.Best.Number }.Distinct().Order(), kept.Order());
        await AssertRefusedAsync(StatusCode.NotFound, () => DownloadAsync(sweep, 1));
    }

    [Fact]
    public async Task CleanCheckpoints_RunningSweep_KeepsTheModelsOfEveryTrial()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.TrainWithModelsAsync(grant);
        await Worker.FinishAsync(grant);

        await Host.CleanCheckpointsAsync();

        Assert.Equal(2, (await Host.Checkpoints.ListAsync(Token)).Count);
    }

    [Fact]
    public async Task Report_ModelStoredByAWorkerThatDied_IsNotUsedButThatOfTheNext()
    {
        var sweep = await SubmitAndProfileAsync();
        var first = await Worker.AcquireOrFailAsync();
        await Host.Checkpoints.CreateAsync(Samples.Model(first, first.Train.Trials[0].Number).Name, (_, _) => Task.CompletedTask, Token);
        await Host.ExpireLeasesAsync();
        await FinishAllAsync();

        await Host.CleanCheckpointsAsync();

        Assert.All(await Host.Checkpoints.ListAsync(Token), name => Assert.DoesNotContain($"{first.Lease.Job}/{first.Lease.FencingToken}-", name, StringComparison.Ordinal));
        Assert.NotEmpty((await DownloadAsync(sweep)).Bytes);
    }

    [Fact]
    public async Task Report_RepeatedWithItsModels_KeepsThemOnce()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.TrainWithModelsAsync(grant);

        await Worker.ReportAsync(grant, report =>
        {
            report.Outcomes.Add(grant.Train.Trials.Select(trial => Samples.Outcome(trial.Number)));
            report.Models.Add(grant.Train.Trials.Select(trial => Samples.Model(grant, trial.Number)));
        });

        Assert.True(JobId.TryParse(grant.Lease.Job, out var job));
        Assert.Equal(2, await Host.Store.ReadAsync(view => view.ListCheckpoints(job).Count, Token));
    }

    [Fact]
    public async Task Report_ModelOfAnotherName_IsRefused()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        var trial = grant.Train.Trials[0].Number;

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report =>
        {
            report.Outcomes.Add(Samples.Outcome(trial));
            report.Models.Add(new TrialModel { Trial = trial, Name = "../escape", Step = 1, SizeBytes = 1 });
        }));
    }

    [Fact]
    public async Task Report_ModelWithoutAnOutcome_IsRefused()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report => report.Models.Add(Samples.Model(grant, grant.Train.Trials[0].Number))));
    }

    [Fact]
    public async Task Download_BeforeAnyScore_IsNotFound()
    {
        var sweep = await SubmitAndProfileAsync();

        await AssertRefusedAsync(StatusCode.NotFound, () => DownloadAsync(sweep));
        await AssertRefusedAsync(StatusCode.NotFound, () => DownloadAsync("nothing-00000000"));
    }

    [Fact]
    public async Task TestData_AllTrialsFinal_IsScoredOnceByTheWinner()
    {
        var sweep = await TrainWithTestDataAsync();
        Assert.Equal(SweepState.Running, await StateAsync(sweep));

        var grant = await Worker.AcquireOrFailAsync();
        Assert.Equal(WinnerOf(await DescribeAsync(sweep)).Number, grant.Test.Trial.Number);
        Assert.Contains($"-trial-{grant.Test.Trial.Number}", grant.Test.Model.Name, StringComparison.Ordinal);
        await Worker.TestAsync(grant, 0.4);
        await Worker.TestAsync(grant, 0.3);
        await Worker.FinishAsync(grant);

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Null(await Worker.AcquireAsync());
        var measured = Assert.Single(await MeasurementsAsync(sweep), measurement => measurement.Test is not null);
        Assert.Equal((grant.Test.Trial.Number, 0.4), (measured.Trial, measured.Test.Metrics[0].Value));
        Assert.Equal(0.4, WinnerOf(description).TestMetrics[0].Value);
    }

    [Fact]
    public async Task TestData_None_CompletesWithoutATestJob()
    {
        var sweep = await CompleteAsync();

        Assert.Equal(SweepState.Completed, await StateAsync(sweep));
        Assert.Null(await Worker.AcquireAsync());
        Assert.All(await MeasurementsAsync(sweep), measurement => Assert.Null(measurement.Test));
    }

    [Fact]
    public async Task TestData_WorkerDies_IsScoredByAnother()
    {
        var sweep = await TrainWithTestDataAsync();
        var dead = await Worker.AcquireOrFailAsync();
        await Host.ExpireLeasesAsync();

        var grant = await Worker.AcquireOrFailAsync();
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => Worker.TestAsync(dead));
        await Worker.TestAsync(grant);
        await Worker.FinishAsync(grant);

        Assert.Equal(SweepState.Completed, await StateAsync(sweep));
    }

    [Fact]
    public async Task TestData_FailsForGood_CompletesWithARemark()
    {
        var sweep = await TrainWithTestDataAsync();

        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), new AttemptFailure { Message = "t, line 3: too few cells", Permanent = true });

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Contains("data.test was not scored: t, line 3: too few cells", description.Remarks);
    }

    [Fact]
    public async Task TestData_WithoutModels_CompletesWithARemark()
    {
        var sweep = await SubmitAndProfileAsync(Samples.SubmissionWithTest());
        await Worker.FinishEverythingAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Contains(description.Remarks, remark => remark.StartsWith("data.test was not scored: the model of trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TestMeasurement_OfATrainingJob_IsNotStored()
    {
        var sweep = await SubmitAndProfileAsync(Samples.SubmissionWithTest());
        var grant = await Worker.AcquireOrFailAsync();

        await Worker.ReportAsync(grant, report => report.Measurements.Add(Samples.Test(grant.Train.Trials[0].Number, 0.1)));

        Assert.Empty(await MeasurementsAsync(sweep));
    }

    [Fact]
    public async Task Cancel_TestUnderWay_EndsTheSweep()
    {
        var sweep = await TrainWithTestDataAsync();
        var grant = await Worker.AcquireOrFailAsync();

        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep, Reason = "enough" }, cancellationToken: Token);

        var answer = await Worker.ReportAsync(grant, report => report.Measurements.Add(Samples.Test(grant.Test.Trial.Number, 0.1)));
        Assert.Equal(Directive.Cancel, answer.Directive);
        Assert.Equal(SweepState.Cancelled, await StateAsync(sweep));
    }

    /// <summary>The recommended trial, else the best.</summary>
    private static Protos.V1.Trial WinnerOf(DescribeSweepResponse description) => description.Answer.Recommended?.Trial ?? description.Answer.Best;

    private async Task<string> CompleteAsync()
    {
        var sweep = await SubmitAndProfileAsync();
        await FinishAllAsync();
        return sweep;
    }

    private async Task<string> TrainWithTestDataAsync()
    {
        var sweep = await SubmitAndProfileAsync(Samples.SubmissionWithTest());
        foreach (var grant in new[] { await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync() })
        {
            await Worker.TrainWithModelsAsync(grant);
            await Worker.FinishAsync(grant);
        }

        return sweep;
    }

    private async Task FinishAllAsync()
    {
        while (await Worker.AcquireAsync() is { } grant)
        {
            await Worker.TrainWithModelsAsync(grant);
            await Worker.FinishAsync(grant);
        }
    }

    private async Task<(ModelHead Head, byte[] Bytes)> DownloadAsync(string sweep, int trial = 0)
    {
        using var call = Host.Sweeps.DownloadModel(new DownloadModelRequest { Sweep = sweep, Trial = trial }, cancellationToken: Token);
        var parts = await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
        return (parts[0].Head, [.. parts.Skip(1).SelectMany(part => part.Chunk)]);
    }
}

public sealed class MemoryModelTests() : ModelTests(StoreChoice.Memory);

public sealed class SqliteModelsTests() : ModelTests(StoreChoice.Sqlite);
