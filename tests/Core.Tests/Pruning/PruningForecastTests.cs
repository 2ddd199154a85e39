using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;
using CsCheck;

namespace CloudSweep.Core.Tests.Pruning;

public sealed class PruningForecastTests
{
    private static readonly ScheduleSettings Constant = new ScheduleSettings.Constant();

    [Fact]
    public void ShareOfRows_NoPruning_IsAll() => Assert.Equal(1, PruningForecast.ShareOfRows(null, 16, new TrainingSpec(100, 1, 0), Constant, 1000));

    [Fact]
    public void ShareOfRows_TwoRungs_IsWhatSurvivorsTrain()
    {
        // 16 rates to 1/16, 4 to 1/4, 3 to the end.
        var share = PruningForecast.ShareOfRows(new PruningSpec.SuccessiveHalving(), 16, new TrainingSpec(32, 25, 0), Constant, 800);

        Assert.Equal(((16 / 16.0) + (4 * 3 / 16.0) + (3 * 3 / 4.0)) / 16, share, 12);
    }

    [Fact]
    public void ShareOfRows_Anything_IsAShareAndNoLessThanTheFloorTrains() =>
        Gen.Select(Gen.Int[2, 16], Gen.Int[1, 200], Gen.Int[1, 500], Gen.Int[1, 300], Gen.Int[1, 5000]).Sample((factor, rates, epochs, batchSize, rows) =>
            Assert.InRange(
                PruningForecast.ShareOfRows(new PruningSpec.SuccessiveHalving(factor), rates, new TrainingSpec(epochs, batchSize, 0), Constant, rows),
                (Math.Min(rates, HalvingRule.Floor) / (double)rates) - 1e-9,
                1 + 1e-9));
}
