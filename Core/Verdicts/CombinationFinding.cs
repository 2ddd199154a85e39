namespace CloudSweep.Core.Verdicts;

/// <summary>What the measurements of one combination allow to say.</summary>
/// <param name="Key">The combination.</param>
/// <param name="Finding">Whether they allow verdicts, or why not.</param>
/// <param name="BestRate">r*: its best completed rate below those that diverged; null when there is none.</param>
/// <param name="HasDiverged">At least one rate diverged.</param>
/// <param name="IsComplete">Every rate came to its end with a score, diverged or was pruned: none failed, was cancelled or is still running.</param>
public sealed record CombinationFinding(CombinationKey Key, Finding Finding, double? BestRate, bool HasDiverged, bool IsComplete)
{
    internal static CombinationFinding Of(Combination combination) => new(
        CombinationKey.Of(combination.Rates[0].Parameters),
        combination.Finding,
        combination.Best?.Rate,
        double.IsFinite(combination.LowestDiverged),
        combination.Rates.All(rate => rate.WasStopped || rate.IsCompleted || rate is { IsPruned: true, IsUnfinished: false }));
}
