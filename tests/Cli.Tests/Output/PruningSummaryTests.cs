using CloudSweep.Cli.Output;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Output;

public sealed class PruningSummaryTests
{
    [Theory]
    [InlineData(1000, 140, 49, 3, "trained 14% of the rows of the full grid; 49 rates were pruned, 3 of them by no more than the noise")]
    [InlineData(1000, 47, 49, 0, "trained 4.7% of the rows of the full grid; 49 rates were pruned, all of them behind by more than the noise")]
    [InlineData(1000, 1000, 0, 0, "trained 100% of the rows of the full grid; no rate was pruned")]
    [InlineData(0, 0, 0, 0, "trained 100% of the rows of the full grid; no rate was pruned")]
    [InlineData(1000, 500, 1, 1, "trained 50% of the rows of the full grid; 1 rate was pruned, by no more than the noise")]
    [InlineData(1000, 500, 1, 0, "trained 50% of the rows of the full grid; 1 rate was pruned, behind by more than the noise")]
    public void Of_SavedAndRisked_SaysBoth(long full, long trained, int pruned, int close, string text) =>
        Assert.Equal(text, PruningSummary.Of(new Pruning { FullLaneRows = full, LaneRows = trained, PrunedRates = pruned, CloseRates = close }));
}
