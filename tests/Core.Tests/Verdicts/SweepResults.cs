using CloudSweep.Core.Domain;
using CloudSweep.Core.Tests.Planning;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>
/// Results of one combination over ten balanced classes, so B = ln 10 = 2.3026. Values are written as gains over B: a gain of 2 is a
/// validation loss of B − 2. The best gain of most tests is 2, so S = 2.
/// </summary>
/// <param name="repeats">Trials of each rate; they are added one after the other.</param>
internal sealed class SweepResults(int repeats = 1)
{
    public static readonly double Baseline = Math.Log(10);

    private static readonly DataProfile Profile =
        new([], [], [], [.. Enumerable.Range(0, 10).Select(label => new LabelCount($"{label}", 80, 20))]);

    public List<TrialResult> Trials { get; } = [];

    /// <summary>A completed trial.</summary>
    /// <param name="gain">B − v.</param>
    /// <param name="error">Row-level standard error of v.</param>
    /// <param name="curve">Window means; null for a straight fall to v.</param>
    /// <param name="noise">Standard deviation within each window of 100 steps.</param>
    public SweepResults Completed(double rate, double gain, double error = 0, double[]? curve = null, double noise = 0) =>
        Add(rate, TrialState.Completed, "", [.. Windows(curve ?? Curves.Falling(Baseline, Baseline - gain), noise), Evaluation(MetricNames.ValidationLoss, Baseline - gain, error)]);

    /// <summary>A completed trial with this validation accuracy.</summary>
    public SweepResults Accurate(double rate, double accuracy, double[]? curve = null) =>
        Add(rate, TrialState.Completed, "", [.. Windows(curve ?? Curves.Falling(Baseline, 0.3), 0), Evaluation(MetricNames.ValidationAccuracy, accuracy, 0)]);

    /// <summary>A trial that a pruner stopped at this gain.</summary>
    public SweepResults Pruned(double rate, double gain)
    {
        Completed(rate, gain);
        Trials[^1] = Trials[^1] with { State = TrialState.Pruned };
        return this;
    }

    /// <summary>A trial without measurements.</summary>
    public SweepResults Ended(double rate, TrialState state, string reason = "") => Add(rate, state, reason, []);

    /// <summary>The last trial was trained by another optimizer.</summary>
    public SweepResults LastWithAdam()
    {
        var last = Trials[^1];
        Trials[^1] = last with { Trial = last.Trial with { Parameters = last.Trial.Parameters with { Optimizer = new OptimizerSettings.Adam() } } };
        return this;
    }

    /// <summary>All trials so far took all rows in every step.</summary>
    public SweepResults WithFullBatches()
    {
        for (var index = 0; index < Trials.Count; index++)
        {
            var parameters = Trials[index].Trial.Parameters;
            Trials[index] = Trials[index] with { Trial = Trials[index].Trial with { Parameters = parameters with { Training = parameters.Training with { BatchSize = null } } } };
        }

        return this;
    }

    public SweepAnswer Answer(bool isProfiled = true) => Answer(new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final), isProfiled);

    public SweepAnswer AnswerByAccuracy() => Answer(new Objective(MetricNames.ValidationAccuracy, ObjectiveGoal.Maximize, ScoreUse.Final), isProfiled: true);

    /// <summary>By ascending rate.</summary>
    public IEnumerable<VerdictKind> Verdicts() => Answer().Verdicts.Select(verdict => verdict.Verdict);

    private SweepAnswer Answer(Objective objective, bool isProfiled) =>
        SweepAnswerer.Answer(Some.Sweep(1) with { Objective = objective }, isProfiled ? Profile : null, Trials);

    private SweepResults Add(double rate, TrialState state, string reason, IReadOnlyList<Measurement> measurements)
    {
        var parameters = new TrialParameters(rate, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), Trials.Count % repeats, Trials.Count / repeats, new ModelSpec.Softmax(), new TrainingSpec(1, 2, 0));
        Trials.Add(new TrialResult(new Trial(Trials.Count + 1, parameters), state, reason, 2000, measurements));
        return this;
    }

    private static IEnumerable<Measurement> Windows(double[] means, double noise) =>
        means.Select((mean, index) => new Measurement.LossWindow(1, 1, 100 * (index + 1), 100, mean, noise));

    private static Measurement.Evaluation Evaluation(string metric, double value, double error) => new(1, 1, 2000, 200, [new Metric(metric, value, error)]);
}
