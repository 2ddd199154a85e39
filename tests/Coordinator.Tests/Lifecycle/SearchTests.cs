using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;
using SweepState = CloudSweep.Protos.V1.SweepState;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A sweep adds rounds of trials to itself: beyond its edges, and around its best rate.</summary>
public abstract class SearchTests(StoreChoice store) : LifecycleTests(store)
{
    // As on a quadratic: the farther from the best rate, the worse; from ten times the best on it diverges.
    private const double Best = 3;

    [Fact]
    public async Task Search_BestBeyondTheGrid_IsFoundByRoundsBeyondItsEdge()
    {
        var sweep = await SubmitAsync(With(new LearningRateGrid.Log(0.001, 0.1, 3) { ExtendEdges = true }));

        await FinishAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 2), (description.Progress.State, description.Progress.Rounds));
        Assert.Equal([0.001, 0.01, 0.1, 1, 10, 100, 1000], description.Trials.Select(trial => trial.Parameters.LearningRate));
        Assert.Equal([1, 1, 1, 2, 2, 2, 2], description.Trials.Select(trial => trial.Round));
        Assert.Equal((7, 7), (description.Progress.Trials.Total, description.Progress.Trials.Completed + description.Progress.Trials.Diverged));
        Assert.True(description.Answer.StableRanges.Single().BracketedAbove);
    }

    [Fact]
    public async Task Search_EveryRateDiverges_GoesDownAndStopsAfterThreeRounds()
    {
        var sweep = await SubmitAsync(With(new LearningRateGrid.Log(1e20, 1e22, 3) { ExtendEdges = true }));

        await FinishAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 1 + NextRound.MaxEdgeRounds), (description.Progress.State, description.Progress.Rounds));
        Assert.Equal(3 + (NextRound.MaxEdgeRounds * NextRound.RatesPerEdgeRound), description.Progress.Trials.Diverged);
        Assert.Equal(1e8, description.Trials.Min(trial => trial.Parameters.LearningRate));
    }

    [Fact]
    public async Task Search_Refine_ComesCloserEveryRound()
    {
        var sweep = await SubmitAsync(With(new LearningRateGrid.Log(0.01, 100, 5) { Refine = 3 }));

        await FinishAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 4, 11), (description.Progress.State, description.Progress.Rounds, description.Progress.Trials.Total));
        Assert.InRange(description.Answer.Best.Parameters.LearningRate, Best / 1.2, Best * 1.2);
    }

    [Fact]
    public async Task Search_CoordinatorRestartsBetweenRounds_GoesOnWhereItStood()
    {
        var sweep = await SubmitAsync(With(new LearningRateGrid.Log(0.001, 0.1, 3) { ExtendEdges = true, Refine = 2 }));
        await FinishAsync(jobs: 3);

        await Host.RestartAsync();
        await FinishAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 4), (description.Progress.State, description.Progress.Rounds));
        Assert.Equal(description.Trials.Select(trial => trial.Number), Enumerable.Range(1, description.Trials.Count));
    }

    [Fact]
    public async Task Search_StoppedByAPerson_TriesNothingNew()
    {
        var sweep = await SubmitAsync(With(new LearningRateGrid.Log(0.001, 0.1, 3) { ExtendEdges = true, Refine = 2 }));
        await FinishAsync(jobs: 1);
        var grant = await Worker.AcquireOrFailAsync();

        await Host.Sweeps.StopSweepAsync(new StopSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await TrainAsync(grant);
        await Worker.FinishAsync(grant);
        await FinishAsync();

        var description = await DescribeAsync(sweep);
        Assert.Equal((SweepState.Completed, 1), (description.Progress.State, description.Progress.Rounds));
    }

    private static SubmitSweepRequest With(LearningRateGrid grid) => Samples.Submission(Samples.Spec with { LearningRate = grid });

    private async Task FinishAsync(int jobs = int.MaxValue)
    {
        for (var job = 0; job < jobs && await Worker.AcquireAsync() is { } grant; job++)
        {
            await (grant.WorkCase == Grant.WorkOneofCase.Profile ? Worker.ProfileAsync(grant) : TrainAsync(grant));
            await Worker.FinishAsync(grant);
        }
    }

    private Task<ReportProgressResponse> TrainAsync(Grant grant) => Worker.ReportAsync(grant, report =>
    {
        report.Position = Samples.RowsPerTrial;
        foreach (var trial in grant.Train.Trials)
        {
            var rate = trial.Parameters.LearningRate;
            report.Outcomes.Add(Samples.Outcome(trial.Number, rate >= 10 * Best ? TrialState.Diverged : TrialState.Completed));
            if (rate < 10 * Best)
            {
                report.Measurements.Add(Curve(trial.Number, 0.1 + (0.5 * (1 - Math.Exp(-Math.Abs(Math.Log(rate / Best)))))));
            }
        }
    });

    private static IEnumerable<Measurement> Curve(int trial, double loss) =>
    [
        .. Enumerable.Range(1, 5).Select(window => new Measurement
        {
            Trial = trial,
            Try = 1,
            Step = 2 * window,
            LossWindow = new LossWindow { Mean = 0.69 + ((loss - 0.69) * window / 5), Steps = 2 },
        }),
        Samples.Evaluation(trial, loss),
    ];
}

public sealed class MemorySearchTests() : SearchTests(StoreChoice.Memory);

public sealed class SqliteSearchTests() : SearchTests(StoreChoice.Sqlite);
