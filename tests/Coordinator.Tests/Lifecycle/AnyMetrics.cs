using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;
using ObjectiveGoal = CloudSweep.Core.Domain.ObjectiveGoal;
using ScoreUse = CloudSweep.Core.Domain.ScoreUse;
using TrialOutcome = CloudSweep.Protos.V1.TrialOutcome;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A sweep that is pruned and searches on, and what its trials measure: a third of it is not finite or missing.</summary>
public sealed record AnyMetrics(long Seed, ObjectiveGoal Goal, ScoreUse Use, int Rates, int Repeats, int TrialsPerJob, int Refine)
{
    private const long LastStep = 1280;

    // Half of the steps; with use: best this one may be the score.
    private const long HalfWay = 640;

    private string Metric => Goal == ObjectiveGoal.Minimize ? MetricNames.ValidationLoss : MetricNames.ValidationAccuracy;

    internal SubmitSweepRequest Submission(string name) => Samples.Submission(
        Samples.Spec with
        {
            Name = name,
            Objective = new Objective(Metric, Goal, Use),
            LearningRate = new LearningRateGrid.Log(0.01, 1, Rates) { ExtendEdges = Seed % 2 == 0, Refine = Refine },
            Repeats = Repeats,
            Training = Samples.Spec.Training with { Epochs = 256 },
            Execution = Samples.Spec.Execution with { TrialsPerJob = TrialsPerJob },
            Pruning = new PruningSpec.SuccessiveHalving(),
        },
        requestId: name);

    /// <summary>A number from 0, below a count.</summary>
    internal int Draw(int round, int turn, int count) => (int)(KeyedRandom.Bits(Seed, RandomPurpose.ShardOrder, round, turn) % (ulong)count);

    /// <summary>What a trial measures at a step, whether it names the metric or not.</summary>
    internal double ValueOf(int trial, long step) => (KeyedRandom.Bits(Seed, RandomPurpose.SyntheticNoise, trial, step) % 12) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.NegativeInfinity,
        _ => 3 * KeyedRandom.UnitInterval(Seed, RandomPurpose.SyntheticTeacher, trial, step),
    };

    /// <summary>The score of a trial that came to its end; NaN without one.</summary>
    internal double ScoreOf(int trial)
    {
        double[] values = [.. new[] { HalfWay, LastStep }.Select(step => IsMissing(trial, step) ? double.NaN : ValueOf(trial, step))];
        var finite = values.Where(double.IsFinite).ToArray();
        return Use == ScoreUse.Final ? values[^1]
            : finite.Length == 0 ? double.NaN
            : Goal == ObjectiveGoal.Minimize ? finite.Min() : finite.Max();
    }

    /// <summary>Adds what a job's trials measure at a rung (stage 1 or 2) or at their end, and which of them diverge there.</summary>
    internal void Fill(ReportProgressRequest report, IReadOnlyList<int> trials, int stage, long step)
    {
        foreach (var trial in trials)
        {
            if (KeyedRandom.Bits(Seed, RandomPurpose.Split, trial, stage) % 12 == 0)
            {
                report.Outcomes.Add(new TrialOutcome { Trial = trial, State = TrialState.Diverged, Step = step, Reason = "loss is NaN" });
                continue;
            }

            if (stage < 3)
            {
                var rung = RungSamples.Rung(trial, stage, ValueOf(trial, step));
                rung.Rung.Metrics[0].Name = NameOf(trial, step);
                report.Measurements.Add(rung);
                continue;
            }

            report.Measurements.Add(RungSamples.Curve(trial, 1).Where(measurement => measurement.KindCase == Measurement.KindOneofCase.LossWindow));
            report.Measurements.Add(new[] { LastStep, HalfWay }.Select(at => EvaluationAt(trial, at)));
            report.Outcomes.Add(new TrialOutcome { Trial = trial, State = TrialState.Completed, Step = step });
        }
    }

    private Measurement EvaluationAt(int trial, long step)
    {
        var evaluation = Samples.Evaluation(trial, ValueOf(trial, step), step);
        evaluation.Evaluation.Metrics[0].Name = NameOf(trial, step);
        return evaluation;
    }

    private string NameOf(int trial, long step) => IsMissing(trial, step) ? MetricNames.Recall(0) : Metric;

    private bool IsMissing(int trial, long step) => KeyedRandom.Bits(Seed, RandomPurpose.SyntheticSparsity, trial, step) % 12 == 0;
}
