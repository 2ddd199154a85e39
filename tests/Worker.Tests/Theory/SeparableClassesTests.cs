using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Worker.Tests.Theory;

/// <summary>
/// Logistic regression of classes that a plane separates has no optimum: the larger the weights, the lower the loss, and however large the rate, it only
/// moves faster (Soudry et al. 2018). So no rate ends the range above, and the answer must say that it did not see an end.
/// </summary>
public sealed class SeparableClassesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(16)]
    public void Answer_SeparableClasses_StaysOpenAboveAndSaysSo(int? batchSize)
    {
        var draws = new Draws(6);
        int[] labels = [.. Enumerable.Range(0, 400).Select(row => row % 2)];
        double[][] features = [.. labels.Select(label => new[] { (label == 1 ? 1 : -1) * draws.Uniform(1, 2), 0.3 * draws.Normal() })];
        var spec = MemorySweep.Spec(
            new ModelSpec.Logistic(), new TrainingSpec(60, batchSize, 1), new OptimizerChoice(new OptimizerSettings.Sgd(), new LearningRateGrid.Log(1e-4, 1e4, 17)));

        var answer = MemorySweep.Run(spec with { Repeats = 3 }, TableRows.OfClasses(features, labels, trainRows: 200));

        var range = Assert.Single(answer.StableRanges);
        Assert.Equal((1e4, true, false), (range.High, range.IsBracketedBelow, range.IsBracketedAbove));
        Assert.All(answer.Verdicts, verdict => Assert.True(verdict.Verdict is VerdictKind.TooSlow or VerdictKind.Good, verdict.ToString()));
        Assert.Contains("no tried rate diverged", answer.Recommended!.Reason, StringComparison.Ordinal);
    }
}
