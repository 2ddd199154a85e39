using CloudSweep.Core.Domain;
using CloudSweep.Core.Tests.Planning;
using CloudSweep.Core.Verdicts;
using CsCheck;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>Whatever trials measure, in whatever order it comes: what is not finite or missing never wins, and the answer is the same.</summary>
public sealed class AnyMetricsTests
{
    private static readonly Gen<double> AnyNumber = Gen.Frequency(
        (8, Gen.Double[0, 3]),
        (1, Gen.OneOf(Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity))),
        (1, Gen.OneOf(Gen.Const(0.0), Gen.Const(double.MaxValue), Gen.Const(-double.MaxValue), Gen.Const(double.Epsilon))));

    // Of ten evaluations one lacks the metric.
    private static readonly Gen<(double Value, double Error, bool IsThere)> AnyEvaluation = Gen.Select(AnyNumber, AnyNumber, Gen.Int[0, 9].Select(number => number > 0));

    private static readonly Gen<Sample> AnySample =
        from rates in Gen.Int[1, 8]
        from repeats in Gen.Int[1, 3]
        from objective in Gen.Select(Gen.OneOf(Gen.Const(MetricNames.ValidationLoss), Gen.Const(MetricNames.ValidationAccuracy)), Gen.Enum<ObjectiveGoal>(), Gen.Enum<ScoreUse>())
        from states in Gen.Frequency((6, Gen.Const(TrialState.Completed)), (4, Gen.Enum<TrialState>())).Array[rates * repeats]
        from evaluations in AnyEvaluation.Array[0, 4].Array[rates * repeats]
        from windows in Gen.Select(AnyNumber, AnyNumber).Array[0, 6].Array[rates * repeats]
        from order in Gen.Double.Array[rates * repeats]
        select new Sample(
            Some.Sweep(1) with { Objective = new Objective(objective.Item1, objective.Item2, objective.Item3) },
            [.. Enumerable.Range(0, rates * repeats).Select(index => ResultOf(index, repeats, objective.Item1, states[index], evaluations[index], windows[index]))],
            order);

    [Fact]
    public void Answer_AnyOrderOfTrialsAndMeasurements_IsTheSame() => Each(sample =>
        Assert.Equal(CanonicalJson.Write(AnswerOf(sample.Spec, sample.Results)), CanonicalJson.Write(AnswerOf(sample.Spec, sample.Shuffled()))));

    [Fact]
    public void Answer_AnyMetrics_BestIsTheBestFiniteMeanOfWhatCompleted() => Each(sample =>
    {
        var best = AnswerOf(sample.Spec, sample.Results).Best;

        Assert.Equal(sample.FiniteMeans().Select(mean => (double?)mean.Mean).FirstOrDefault(), best?.Metrics.First(metric => metric.Name == sample.Spec.Objective.Metric).Value);
    });

    [Fact]
    public void Answer_AnyMetrics_OnlyFiniteCompletedRatesAreGoodTiedOrTaken() => Each(sample =>
    {
        var answer = AnswerOf(sample.Spec, sample.Results);
        var fit = sample.FiniteMeans().Select(mean => mean.Rate).ToHashSet();

        Assert.All(answer.Verdicts, verdict => Assert.True(fit.Contains(verdict.Parameters.LearningRate) || (verdict.Verdict != VerdictKind.Good && !verdict.IsTied), verdict.ToString()));
        Assert.True(answer.Recommended is null || fit.Contains(answer.Recommended.Configuration.Trial.Parameters.LearningRate));
        Assert.All(answer.Findings, finding => Assert.True(finding.BestRate is null || fit.Contains(finding.BestRate.Value)));
    });

    [Fact]
    public void Answer_TrialsWithoutAFiniteScoreAdded_ChangeNoWinner() => Each(sample =>
    {
        var before = AnswerOf(sample.Spec, sample.Results).Best;
        var broken = new[] { double.NaN, double.NegativeInfinity, double.PositiveInfinity }
            .Select((value, index) => ResultOf(sample.Results.Count + index, 1, sample.Spec.Objective.Metric, TrialState.Completed, [(value, 0, true)], []));

        Assert.Equal(before?.Trials, AnswerOf(sample.Spec, [.. broken, .. sample.Results]).Best?.Trials);
    });

    private static void Each(Action<Sample> check) => AnySample.Sample(check, iter: 3000);

    private static SweepAnswer AnswerOf(SweepSpec spec, IReadOnlyList<TrialResult> results) =>
        SweepAnswerer.Answer(spec, new DataProfile([], [], [], [new LabelCount("0", 40, 10), new LabelCount("1", 40, 10)]), results);

    private static TrialResult ResultOf(
        int index, int repeats, string metric, TrialState state, (double Value, double Error, bool IsThere)[] evaluations, (double Mean, double Deviation)[] windows)
    {
        var parameters = new TrialParameters(0.001 * (1 + (index / repeats)), new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), index % repeats, index / repeats, new ModelSpec.Softmax(), new TrainingSpec(1, 2, 0));
        var number = index + 1;
        return new TrialResult(
            new Trial(number, parameters),
            state,
            "",
            600,
            [
                .. windows.Select((window, place) => new Measurement.LossWindow(number, 1, 100 * (place + 1), 100, window.Mean, window.Deviation)),
                .. evaluations.Select((evaluation, place) => new Measurement.Evaluation(number, 1, 150 * (place + 1), 20, [new Metric(evaluation.IsThere ? metric : "val_other", evaluation.Value, evaluation.Error)])),
            ]);
    }

    private sealed record Sample(SweepSpec Spec, IReadOnlyList<TrialResult> Results, double[] Order)
    {
        public IReadOnlyList<TrialResult> Shuffled() =>
            [.. Results.Zip(Order).OrderBy(pair => pair.Second).Select(pair => pair.First with { Measurements = [.. pair.First.Measurements.Reverse()] })];

        /// <summary>Of the rates of which every repeat completed with a finite score; the best first.</summary>
        public IEnumerable<(double Rate, double Mean)> FiniteMeans()
        {
            var sign = Spec.Objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
            return Results.GroupBy(result => result.Trial.Parameters.LearningRate)
                .Where(rate => rate.All(result => result.State == TrialState.Completed))
                .Select(rate => (rate.Key, Mean: rate.Average(result => ScoreOf(result, sign))))
                .Where(rate => double.IsFinite(rate.Mean))
                .OrderBy(rate => sign * rate.Mean);
        }

        private double ScoreOf(TrialResult result, int sign)
        {
            double[] values = [.. result.Measurements.OfType<Measurement.Evaluation>().OrderBy(evaluation => evaluation.Step).Select(ValueOf)];
            return values.Length == 0 ? double.NaN
                : Spec.Objective.Use == ScoreUse.Final ? values[^1]
                : values.Where(double.IsFinite).OrderBy(value => sign * value).Append(double.NaN).First();
        }

        private double ValueOf(Measurement.Evaluation evaluation) => evaluation.Metrics.Where(metric => metric.Name == Spec.Objective.Metric).Select(metric => metric.Value).Append(double.NaN).First();
    }
}
