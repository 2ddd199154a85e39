using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Worker.Tests.Theory;

/// <summary>
/// Gradient descent on two directions without noise, one of curvature 2 and one of 2ε². After T steps at rate η the slow one still has a share of
/// (1 − 2ε²η)^2T of its loss, so how large a rate must be not to be too slow is known to the last digit.
/// </summary>
public sealed class IllConditionedTests
{
    private const int Steps = 1000;
    private const double Bound = 1;

    // Every fourth row is one of the four corners (±1, ±ε); the label is as far from 0 in either direction, so its variance is 1 and B = 1.
    private static TableRows Rows(double spread)
    {
        double[][] features = [.. Enumerable.Range(0, 64).Select(row => new[] { row % 2 == 0 ? 1 : -1, row / 2 % 2 == 0 ? spread : -spread })];
        return TableRows.OfNumbers(features, [.. features.Select(row => (row[0] + (row[1] / spread)) / Math.Sqrt(2))], trainRows: 32);
    }

    [Fact]
    public void Verdicts_TwoCurvatures_AreTooSlowUpToTheRateThatTheoryNames()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            // Condition numbers from 12 to 400.
            var spread = Math.Pow(10, new Draws(seed).Uniform(-1.3, -0.55));
            var (lowest, highest) = GoodFrom(spread);
            double[] rates = [0.1 * lowest, 0.3 * lowest, 0.6 * lowest, 0.95 * lowest, 1.05 * highest, 1.5 * highest, 2.5 * highest, 0.97 * Bound, 1.03 * Bound, 2 * Bound];
            Assert.Equal(rates.Order(), rates);

            var answer = MemorySweep.Run(
                MemorySweep.Spec(new ModelSpec.Linear(), new TrainingSpec(Steps, null, seed), new OptimizerChoice(new OptimizerSettings.Sgd(), new LearningRateGrid.List(rates))),
                Rows(spread));

            Assert.Equal(rates.Select((_, index) => index < 4 ? VerdictKind.TooSlow : index < 8 ? VerdictKind.Good : VerdictKind.Diverged), answer.Verdicts.Select(verdict => verdict.Verdict));
            Assert.All(answer.Verdicts.Skip(1).Take(2), verdict => Assert.EndsWith("still improving", verdict.Evidence, StringComparison.Ordinal));
            var range = Assert.Single(answer.StableRanges);
            Assert.Equal((rates[4], rates[7], true, true), (range.Low, range.High, range.IsBracketedBelow, range.IsBracketedAbove));
        }
    }

    // Good means at most 2 % of S = 1 above the best rate's loss of 0. The first weight is within ±1/√2, the optimum at 1/(ε√2), so the slow direction's
    // first loss ε²·(w* − w)² is between ½(1 − ε)² and ½(1 + ε)².
    private static (double Lowest, double Highest) GoodFrom(double spread)
    {
        double RateTo(double share) => (1 - Math.Pow(share, 1.0 / (2 * Steps))) / (2 * spread * spread);
        return (RateTo(0.02 / (0.5 * Math.Pow(1 - spread, 2))), RateTo(0.02 / (0.5 * Math.Pow(1 + spread, 2))));
    }
}
