using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Theory;

/// <summary>
/// On a quadratic with the largest curvature L, full-batch training is stable below 2/L by gradient descent, 2(1+β)/L by heavy ball and
/// 2(1+β)/((1+2β)L) by Nesterov's momentum (Polyak 1964; Lessard, Recht and Packard 2016, §4). What the verdicts call stable must end there.
/// </summary>
public sealed class StableRangeTests
{
    // 100 problems, each with all three optimizers.
    private const int Problems = 100;

    // The rates of a grid are 25 % apart, and none is within 2.2 % of the bound: there a mode grows or shrinks by a factor of 1.04 a step at least,
    // which 500 steps make 10⁸, far beyond what float32 rounds.
    private const double Ratio = 1.25;
    private const int Steps = 500;

    [Fact]
    public void StableRange_RandomQuadratics_EndsAtTheLastRateBelowTheBound()
    {
        var misses = Enumerable.Range(1, Problems).SelectMany(MissesOf).ToArray();

        Assert.True(misses.Length == 0, $"{misses.Length} of {3 * Problems} missed:\n{string.Join('\n', misses)}");
    }

    private static IEnumerable<string> MissesOf(int seed)
    {
        var draws = new Draws(seed);
        var rows = Quadratic.Random(draws);
        var eigenvalues = Hessian.Eigenvalues(rows);
        var (largest, momentum) = (eigenvalues[^1], draws.Uniform(0.3, 0.97));
        var sweeps = new (OptimizerSettings Optimizer, double Bound)[]
        {
            (new OptimizerSettings.Sgd(), 2 / largest),
            (new OptimizerSettings.HeavyBall(momentum), 2 * (1 + momentum) / largest),
            (new OptimizerSettings.Nesterov(momentum), 2 * (1 + momentum) / ((1 + (2 * momentum)) * largest)),
        };
        var choices = sweeps.Select(sweep => new OptimizerChoice(sweep.Optimizer, new LearningRateGrid.List(RatesAround(sweep.Bound, draws)))).ToArray();
        var answer = MemorySweep.Run(MemorySweep.Spec(new ModelSpec.Linear(), new TrainingSpec(Steps, BatchSize: null, seed), choices), rows);
        foreach (var ((optimizer, bound), choice) in sweeps.Zip(choices))
        {
            var expected = ((LearningRateGrid.List)choice.LearningRate!).Rates.Last(rate => rate < bound);
            var found = answer.StableRanges.FirstOrDefault(range => range.Optimizer == optimizer)?.High;
            if (found != expected)
            {
                var verdicts = answer.Verdicts.Where(verdict => verdict.Parameters.Optimizer == optimizer);
                yield return FormattableString.Invariant($"problem {seed}, {optimizer}, condition {largest / eigenvalues[0]:G3}: {found / bound:G4} instead of {expected / bound:G4} of the bound; ")
                    + string.Join(", ", verdicts.Select(verdict => FormattableString.Invariant($"{verdict.Parameters.LearningRate / bound:G3} {verdict.Verdict} {verdict.Mean:G3} ({verdict.Evidence})")));
            }
        }
    }

    // Four to seven rates below the bound and as many as make ten above it.
    private static double[] RatesAround(double bound, Draws draws)
    {
        var (below, share) = (draws.Whole(4, 7), draws.Uniform(0.1, 0.9));
        return [.. Enumerable.Range(0, 10).Select(index => bound * Math.Pow(Ratio, index - below + share))];
    }
}
