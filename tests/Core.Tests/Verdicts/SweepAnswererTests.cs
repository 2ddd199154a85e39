using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;
using CsCheck;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>What holds for the answer of any sweep, whatever its trials did.</summary>
public sealed class SweepAnswererTests
{
    private static readonly Gen<Action<SweepResults, double>> AnyOutcome = Gen.Frequency(
        (8, Gen.Select(Gen.Double[-0.5, 2.2], Gen.Double[0, 0.1], Gen.Double[0, 0.4], (gain, error, amplitude) => (Action<SweepResults, double>)((results, rate) =>
            results.Completed(rate, gain, error, Curves.Alternating(SweepResults.Baseline - gain, amplitude))))),
        (2, Gen.Double[1.9, 2].Select(gain => (Action<SweepResults, double>)((results, rate) => results.Completed(rate, gain, 0.05)))),
        (2, Gen.Const<Action<SweepResults, double>>((results, rate) => results.Ended(rate, TrialState.Diverged))),
        (1, Gen.Const<Action<SweepResults, double>>((results, rate) => results.Completed(rate, double.NaN))),
        (1, Gen.Double[0, 2.2].Select(gain => (Action<SweepResults, double>)((results, rate) => results.Pruned(rate, gain)))),
        (1, Gen.OneOf(Gen.Const(TrialState.Pending), Gen.Const(TrialState.Running), Gen.Const(TrialState.Failed), Gen.Const(TrialState.Cancelled))
            .Select(state => (Action<SweepResults, double>)((results, rate) => results.Ended(rate, state)))));

    private static readonly Gen<SweepResults> AnyResults =
        from repeats in Gen.Int[1, 3]
        from sgd in AnyOutcome.Array[repeats].Array[1, 10]
        from adam in AnyOutcome.Array[repeats].Array[0, 4]
        select Results(repeats, sgd, adam);

    // Rates so small that all trials of a repeat see the initial weights: the same score, by luck better than a constant, and batch losses that only scatter.
    private static readonly Gen<SweepResults> AnyUnmovedResults =
        from repeats in Gen.Int[1, 3]
        from rates in Gen.Int[1, 6]
        from gains in Gen.Double[-0.2, 0.3].Array[repeats]
        from noise in Gen.Double[0, 0.5]
        from scatter in Gen.Double[-1, 1].Array[20]
        select Unmoved(repeats, rates, gains, noise, scatter);

    [Fact]
    public void Answer_TrialsInAnotherOrder_IsTheSame() =>
        Gen.Select(AnyResults, Gen.Int).Sample((results, seed) =>
        {
            var before = CanonicalJson.Write(results.Answer());

            var shuffled = results.Trials.OrderBy(result => KeyedRandom.Bits(seed, RandomPurpose.ShardOrder, 0, result.Trial.Number)).ToArray();
            results.Trials.Clear();
            results.Trials.AddRange(shuffled.Select(result => result with { Measurements = [.. result.Measurements.Reverse()] }));

            Assert.Equal(before, CanonicalJson.Write(results.Answer()));
        });

    [Fact]
    public void Answer_AnyResults_GivesEveryRateOneVerdictAndEveryTrialOnePlace() =>
        AnyResults.Sample(results =>
        {
            var verdicts = results.Answer().Verdicts;

            Assert.Equal(
                results.Trials.Select(result => (result.Trial.Parameters.Optimizer.Kind, result.Trial.Parameters.LearningRate)).Distinct(),
                verdicts.Select(verdict => (verdict.Parameters.Optimizer.Kind, verdict.Parameters.LearningRate)));
            Assert.Equal(Enumerable.Range(1, results.Trials.Count), verdicts.SelectMany(verdict => verdict.Trials).Order());
        });

    [Fact]
    public void Answer_AnyResults_CallsARateWithAStoppedTrialDiverged() =>
        AnyResults.Sample(results => Assert.All(
            results.Answer().Verdicts.Where(verdict => verdict.Trials.Any(trial => results.Trials[trial - 1].State == TrialState.Diverged)),
            verdict => Assert.Equal(VerdictKind.Diverged, verdict.Verdict)));

    [Fact]
    public void Answer_AnyResults_RecommendsOnlyAGoodRate() =>
        CheckRecommended((_, verdict) => Assert.Equal((VerdictKind.Good, false), (verdict.Verdict, verdict.IsIsolated)));

    [Fact]
    public void Answer_AnyResults_RecommendsARateBelowEveryDivergedOne() =>
        CheckRecommended((answer, verdict) => Assert.True(verdict.Parameters.LearningRate < LowestDiverged(answer, verdict.Parameters.Optimizer)));

    [Fact]
    public void Answer_AnyResults_RecommendsAtMostHalfOfADivergedRateOrSaysAtEdge() =>
        CheckRecommended((answer, verdict) => Assert.True(
            answer.Recommended!.AtEdge || verdict.Parameters.LearningRate <= LowestDiverged(answer, verdict.Parameters.Optimizer) / 2));

    [Fact]
    public void Answer_AnyResults_RecommendsARateInsideTheStableRange() =>
        CheckRecommended((answer, verdict) =>
        {
            var range = Assert.Single(answer.StableRanges, range => range.Optimizer == verdict.Parameters.Optimizer);
            Assert.InRange(verdict.Parameters.LearningRate, range.Low, range.High);
        });

    [Fact]
    public void Answer_AnyResults_HasNoDivergedRateInTheStableRange() =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();

            Assert.All(answer.StableRanges, range => Assert.True(range.Low <= range.High && range.High < LowestDiverged(answer, range.Optimizer)));
        });

    [Fact]
    public void Answer_AnyResults_RecommendsSomethingWheneverARateIsGood() =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();

            Assert.Equal(answer.Verdicts.Any(verdict => verdict.Verdict == VerdictKind.Good), answer.Recommended is not null);
        });

    [Fact]
    public void Answer_AnyResults_TiedAgreesWithTheVerdictsOfTheBestsCombination() =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();
            var verdicts = answer.Verdicts.Where(verdict => verdict.Parameters.Optimizer == answer.Best?.Trial.Parameters.Optimizer).ToArray();

            Assert.Equal(
                verdicts.Where(verdict => verdict.IsTied).SelectMany(verdict => verdict.Trials).Order(),
                answer.Tied.Intersect(verdicts.SelectMany(verdict => verdict.Trials)));
        });

    [Fact]
    public void Answer_AnyResults_CountsTheBestAsTiedWhereSomethingWasLearned() =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();
            var best = answer.Verdicts.SingleOrDefault(verdict => verdict.Trials.Contains(answer.Best?.Trial.Number ?? 0));

            Assert.Equal(best is { Verdict: not (VerdictKind.Undecided or VerdictKind.Diverged) } ? best.Trials : [], answer.Tied.Intersect(best?.Trials ?? []));
        });

    [Fact]
    public void Answer_AnyResults_TakesTheBestMeanOfCompletedConfigurations() =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();
            var completed = answer.Verdicts.Where(verdict =>
                double.IsFinite(verdict.Mean) && verdict.Trials.All(trial => IsCompleted(results.Trials[trial - 1]))).ToArray();

            Assert.Equal(completed.Length == 0 ? null : completed.Min(verdict => verdict.Mean), answer.Best?.Metrics[0].Value);
        });

    [Fact]
    public void Answer_AnyResults_AdvisesExactlyWhenNothingIsRecommended() =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();

            Assert.Equal(answer.Recommended is null, answer.Advice.Length > 0);
        });

    [Fact]
    public void Answer_WeightsNeverMoved_RecommendsNothingAndCallsNoRateSafe() =>
        AnyUnmovedResults.Sample(results =>
        {
            var answer = results.Answer();

            Assert.Equal((null, 0), (answer.Recommended, answer.StableRanges.Count));
            Assert.All(answer.Verdicts, verdict => Assert.Equal((VerdictKind.Undecided, false), (verdict.Verdict, verdict.IsTied)));
            Assert.Contains("Try larger rates or more epochs.", answer.Advice, StringComparison.Ordinal);
        });

    [Fact]
    public void Answer_AnyResults_EndsNoStableRangeWithAnUndecidedRate() =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();

            Assert.All(answer.StableRanges, range => Assert.DoesNotContain(answer.Verdicts, verdict =>
                verdict.Verdict == VerdictKind.Undecided && verdict.Parameters.Optimizer == range.Optimizer
                && (verdict.Parameters.LearningRate == range.Low || verdict.Parameters.LearningRate == range.High)));
        });

    [Fact]
    public void Answer_Variants_AreJudgedApartAndTheBetterIsRecommended()
    {
        // Rate 1 is the best of the first variant and diverges in the second, which learns more.
        var results = new SweepResults()
            .Completed(0.01, 0.5).Completed(0.1, 1.4).Completed(1, 1.5)
            .Completed(0.01, 1).Completed(0.1, 2).Ended(1, TrialState.Diverged);
        var other = new SweepVariant(new ModelSpec.Mlp([8], Activation.Relu), new TrainingSpec(1, 64, 0));
        for (var number = 3; number < 6; number++)
        {
            var (trial, parameters) = (results.Trials[number].Trial, results.Trials[number].Trial.Parameters);
            results.Trials[number] = results.Trials[number] with { Trial = trial with { Parameters = parameters with { Model = other.Model, Training = other.Training } } };
        }

        var answer = results.Answer();

        Assert.Equal(
            [VerdictKind.TooSlow, VerdictKind.TooSlow, VerdictKind.Good, VerdictKind.TooSlow, VerdictKind.Good, VerdictKind.Diverged],
            answer.Verdicts.Select(verdict => verdict.Verdict));
        Assert.Equal([(1, 1.0), (64, 0.1)], answer.StableRanges.Select(range => (range.Training.BatchSize == 64 ? 64 : 1, range.High)));
        var recommended = answer.Recommended!.Configuration.Trial;
        Assert.Equal(5, recommended.Number);
        Assert.Equal(other, new SweepVariant(recommended.Parameters.Model, recommended.Parameters.Training));
    }

    private static bool IsCompleted(TrialResult result) =>
        result.State == TrialState.Completed && result.Measurements.OfType<Measurement.Evaluation>().All(evaluation => double.IsFinite(evaluation.Metrics[0].Value));

    private static void CheckRecommended(Action<SweepAnswer, RateVerdict> property) =>
        AnyResults.Sample(results =>
        {
            var answer = results.Answer();
            if (answer.Recommended is { } recommended)
            {
                property(answer, answer.Verdicts.Single(verdict => verdict.Trials.Contains(recommended.Configuration.Trial.Number)));
            }
        });

    private static double LowestDiverged(SweepAnswer answer, OptimizerSettings optimizer) =>
        answer.Verdicts
            .Where(verdict => verdict.Verdict == VerdictKind.Diverged && verdict.Parameters.Optimizer == optimizer)
            .Select(verdict => verdict.Parameters.LearningRate)
            .DefaultIfEmpty(double.PositiveInfinity)
            .Min();

    private static SweepResults Unmoved(int repeats, int rates, double[] gains, double noise, double[] scatter)
    {
        var results = new SweepResults(repeats);
        foreach (var index in Enumerable.Range(0, repeats * rates))
        {
            // A mean of 100 batches scatters by a tenth of their noise; losses fall by next to nothing.
            var (rate, gain) = (1e-12 * Math.Pow(2, index / repeats), gains[index % repeats]);
            results.Completed(rate, gain, 0.01, [.. scatter.Select((value, window) => SweepResults.Baseline - gain + (value * noise / 10) - (rate * window))], noise);
        }

        return results;
    }

    // Rates grow by less than 2, so that more than one is between u/2 and u.
    private static SweepResults Results(int repeats, Action<SweepResults, double>[][] sgd, Action<SweepResults, double>[][] adam)
    {
        var results = new SweepResults(repeats);
        foreach (var (index, outcomes) in sgd.Index().Concat(adam.Index()))
        {
            foreach (var add in outcomes)
            {
                add(results, 0.001 * Math.Pow(1.4, index));
            }
        }

        foreach (var number in Enumerable.Range(sgd.Length * repeats, adam.Length * repeats))
        {
            var result = results.Trials[number];
            results.Trials[number] = result with { Trial = result.Trial with { Parameters = result.Trial.Parameters with { Optimizer = new OptimizerSettings.Adam() } } };
        }

        return results;
    }
}
