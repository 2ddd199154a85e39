using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Worker.Tests.Theory;

/// <summary>
/// Stochastic gradient descent on least squares with bell-shaped features and labels with noise. With d weights, batches of b and noise of variance σ²
/// the squared distance D to the optimum goes, in the mean, D ← D·(1 − 4η + 4η²(1 + (d+1)/b)) + 4η²σ²d/b: it settles where η(1 + (d+1)/b) is below 1,
/// above the best loss by ησ²d / (b − η(b + d + 1)). So small batches end the stable range before 2/L, and noise makes rates worse long before that.
/// </summary>
public sealed class NoisyQuadraticTests
{
    private const int Features = 4;
    private const int Weights = Features + 1;

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(1, 1)]
    [InlineData(4, 0.3)]
    [InlineData(4, 1)]
    [InlineData(16, 0.5)]
    public void Verdicts_SmallBatches_AreGoodWhileTheNoiseFloorIsLow(int batchSize, double noise)
    {
        double bound = batchSize / (batchSize + Weights + 1.0);
        double[] rates = [.. Enumerable.Range(0, 12).Select(index => 4 * bound * Math.Pow(0.55, index)).Order()];
        var spec = MemorySweep.Spec(
            new ModelSpec.Linear(), new TrainingSpec(2 * batchSize, batchSize, 1), new OptimizerChoice(new OptimizerSettings.Sgd(), new LearningRateGrid.List(rates)));

        var answer = MemorySweep.Run(spec with { Repeats = 3 }, Rows(noise));

        // In units of the labels' variance, 1 + σ²: B is 1.
        var best = noise * noise / (1 + (noise * noise));
        var negligible = 0.02 * (1 - best);
        var text = string.Join('\n', answer.Verdicts.Select(verdict => FormattableString.Invariant($"{verdict.Parameters.LearningRate / bound:G3} of the bound, {Floor(verdict.Parameters.LearningRate) / negligible:G3} of what is negligible: {verdict.Verdict} {verdict.Mean:G4}, {verdict.Evidence}")));
        foreach (var verdict in answer.Verdicts)
        {
            var (rate, floor) = (verdict.Parameters.LearningRate, Floor(verdict.Parameters.LearningRate));
            Assert.True(
                rate > 1.5 * bound ? verdict.Verdict == VerdictKind.Diverged
                : floor > 3 * negligible ? verdict.Verdict is VerdictKind.TooLarge or VerdictKind.Oscillating or VerdictKind.Diverged
                : floor > negligible / 3 || verdict.Verdict is VerdictKind.Good or VerdictKind.TooSlow,
                text);
            Assert.True(rate > bound / 2 || verdict.Verdict != VerdictKind.Diverged, text);
        }

        double Floor(double rate) => rate >= bound ? double.PositiveInfinity : rate * best * Weights / (batchSize - (rate * (batchSize + Weights + 1)));
    }

    private static TableRows Rows(double noise)
    {
        var draws = new Draws(5);
        double[][] features = [.. Enumerable.Range(0, 4096).Select(_ => draws.Normals(Features))];
        return TableRows.OfNumbers(features, [.. features.Select(row => (row.Sum() / Math.Sqrt(Features)) + (noise * draws.Normal()))], trainRows: 2048);
    }
}
