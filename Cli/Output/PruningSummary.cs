using System.Globalization;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>What pruning saved, and what it may have cost, in words.</summary>
internal static class PruningSummary
{
    /// <summary><c>trained 14% of the rows of the full grid; 49 rates were pruned, 3 of them within the noise</c>.</summary>
    public static string Of(Pruning pruning)
    {
        var share = pruning.FullLaneRows == 0 ? 1 : (double)pruning.LaneRows / pruning.FullLaneRows;
        var risk = (pruning.PrunedRates, pruning.CloseRates) switch
        {
            (0, _) => "",
            (1, 0) => ", behind by more than the noise",
            (1, _) => ", by no more than the noise",
            (_, 0) => ", all of them behind by more than the noise",
            _ => string.Create(CultureInfo.InvariantCulture, $", {pruning.CloseRates} of them by no more than the noise"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"trained {Percent(share)} of the rows of the full grid; {Rates(pruning.PrunedRates)} pruned{risk}");
    }

    // Below ten percent the first decimal matters.
    private static string Percent(double share) => share.ToString(share < 0.1 ? "0.#%" : "0%", CultureInfo.InvariantCulture);

    private static string Rates(int count) => count switch
    {
        0 => "no rate was",
        1 => "1 rate was",
        _ => string.Create(CultureInfo.InvariantCulture, $"{count} rates were"),
    };
}
