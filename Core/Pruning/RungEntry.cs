namespace CloudSweep.Core.Pruning;

/// <summary>What was decided about one configuration.</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Trials">Numbers of all its repeats.</param>
/// <param name="Value">What it was ranked by: mean of the objective, natural sign; may be NaN or infinite.</param>
/// <param name="StandardError">Of the value; NaN when unknown.</param>
/// <param name="Place">1 = the best of all that had reported this rung by then.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="IsClose">It was pruned, and is behind the last of the best ⌈n/η⌉ by no more than one standard error of their difference: chance may have decided.</param>
public sealed record RungEntry(double Rate, IReadOnlyList<int> Trials, double Value, double StandardError, int Place, RungOutcome Outcome, bool IsClose)
{
    public bool GoesOn() => Outcome is RungOutcome.Ranked or RungOutcome.Neighbour or RungOutcome.Floor or RungOutcome.Early;
}
