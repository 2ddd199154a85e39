using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;
using CloudSweep.Protos.V1;
using CsCheck;
using Measurement = CloudSweep.Protos.V1.Measurement;
using ObjectiveGoal = CloudSweep.Core.Domain.ObjectiveGoal;
using ScoreUse = CloudSweep.Core.Domain.ScoreUse;
using SweepState = CloudSweep.Protos.V1.SweepState;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>
/// Whole sweeps over gRPC and each store, with pruning, repeats and rounds, whose trials measure anything and in jobs that report in any order: every
/// sweep ends, no value that is not finite or missing wins, and the stored rungs replay to the stored decisions.
/// </summary>
public abstract class AnyMetricsTests(StoreChoice store, int courses) : RungLifecycle(store)
{
    private const long LastStep = 1280;
    private static readonly Gen<AnyMetrics> AnySweep = Gen.Select(
        Gen.Long, Gen.Enum<ObjectiveGoal>(), Gen.Enum<ScoreUse>(), Gen.Int[2, 9], Gen.Int[1, 2], Gen.Int[1, 6], Gen.Int[0, 2],
        (seed, goal, use, rates, repeats, trialsPerJob, refine) => new AnyMetrics(seed, goal, use, rates, repeats, trialsPerJob, refine));

    private int _sweeps;
    private int _won;
    private int _pruned;
    private int _searched;

    [Fact]
    public async Task Sweep_AnyMetricsInAnyOrder_EndsAndOnlyFiniteValuesWin()
    {
        await AnySweep.SampleAsync(HoldsAsync, iter: courses, threads: 1);

        // Otherwise nothing was seen.
        Assert.InRange(Math.Min(_won, Math.Min(_pruned, _searched)), 1, courses);
    }

    private async Task HoldsAsync(AnyMetrics metrics)
    {
        var sweep = await SubmitAndProfileAsync(metrics.Submission($"any-{++_sweeps}"));
        for (var round = 0; await AcquireAllAsync() is { Count: > 0 } grants; round++)
        {
            await TrainAsync(metrics, grants, round);
        }

        var description = await DescribeAsync(sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        var answer = await AnswerAsync(sweep);
        Assert.Equal(answer.Best?.Trial.Number, description.Answer.Best?.Number);
        Assert.Equal(answer.Recommended?.Configuration.Trial.Number, description.Answer.Recommended?.Trial.Number);
        foreach (var winner in new[] { description.Answer.Best, description.Answer.Recommended?.Trial, description.Progress.Best }.OfType<Protos.V1.Trial>())
        {
            Assert.Equal(TrialState.Completed, winner.State);
            Assert.True(double.IsFinite(metrics.ScoreOf(winner.Number)), $"Trial {winner.Number} won with {metrics.ScoreOf(winner.Number)}.");
        }

        foreach (var measurement in (await MeasurementsAsync(sweep)).Where(measurement => measurement.KindCase == Measurement.KindOneofCase.Evaluation))
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(metrics.ValueOf(measurement.Trial, measurement.Step)), BitConverter.DoubleToInt64Bits(measurement.Evaluation.Metrics[0].Value));
        }

        _won += answer.Best is null ? 0 : 1;
        _searched += description.Progress.Rounds > 1 ? 1 : 0;
        if (description.Pruning.Decisions.Count > 0)
        {
            _pruned++;
            await AssertReplayAsync(sweep, metrics.Goal);
        }
    }

    private async Task<List<Grant>> AcquireAllAsync()
    {
        var grants = new List<Grant>();
        while (await Worker.AcquireAsync() is { } grant)
        {
            grants.Add(grant);
        }

        return grants;
    }

    // Every job goes to its rungs and its end; whose turn it is is drawn.
    private async Task TrainAsync(AnyMetrics metrics, List<Grant> grants, int round)
    {
        var open = grants.Select(grant => (Grant: grant, Trials: grant.Train.Trials.Select(trial => trial.Number).ToList(), Stage: 1)).ToList();
        for (var turn = 0; open.Count > 0; turn++)
        {
            var index = metrics.Draw(round, turn, open.Count);
            var (grant, trials, stage) = open[index];
            var answer = await Worker.ReportAsync(grant, report => metrics.Fill(report, trials, stage, stage < 3 ? RungSamples.StepOf(stage) : LastStep));
            var left = trials.Where(answer.OpenTrials.Contains).ToList();
            if (stage < 3 && left.Count > 0)
            {
                open[index] = (grant, left, stage + 1);
                continue;
            }

            await Worker.FinishAsync(grant);
            open.RemoveAt(index);
        }
    }

    /// <summary>What Core says of the stored measurements.</summary>
    private Task<SweepAnswer> AnswerAsync(string sweep) => Host.Store.ReadAsync(
        view =>
        {
            var record = view.FindSweep(new SweepId(sweep))!;
            var trials = view.ListTrials(record.Id).Reverse().Select(trial => new TrialResult(
                new Core.Domain.Trial(trial.Number, trial.Parameters), trial.State, trial.Reason, trial.Step, [.. view.ListMeasurementsOfTrial(record.Id, trial.Number).Reverse()]));
            return SweepAnswerer.Answer(CanonicalJson.Read<SweepSpec>(record.SpecJson), CanonicalJson.Read<DataProfile>(record.ProfileJson!), [.. trials]);
        },
        TestContext.Current.CancellationToken);
}

public sealed class MemoryAnyMetricsTests() : AnyMetricsTests(StoreChoice.Memory, courses: 60);

public sealed class SqliteAnyMetricsTests() : AnyMetricsTests(StoreChoice.Sqlite, courses: 12);
