using CloudSweep.Benchmarks.Regret;

namespace CloudSweep.Worker.Tests.Regret;

/// <summary>Two problems of the benchmark <c>regret</c> that take seconds, with its bounds.</summary>
public sealed class RegretTests
{
    [Theory]
    [InlineData("linear 1 decade sgd batch 8")]
    [InlineData("two classes logistic nesterov")]
    public void Recommended_PrunedCoarseGrid_LosesLittleAgainstAFineOneAndReadsAnEighth(string name)
    {
        var problem = Assert.Single(RegretProblems.All, problem => problem.Name == name);

        var measured = RegretMeasurement.Of(problem, threads: 2);

        Assert.InRange(measured.Sweep.Regret, double.NegativeInfinity, RegretBenchmark.MostRegret);
        Assert.InRange(measured.Sweep.RowsShare, 0, RegretBenchmark.MostRows);
    }
}
