using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Learning rates that a person adds to a sweep.</summary>
/// <param name="Rates">Rates by value.</param>
/// <param name="Above">Rates above the highest of the file's grid, going on as the grid does, ≥ 0. Counted from the file, so that asking again adds nothing.</param>
/// <param name="Below">As <paramref name="Above"/>, below the lowest.</param>
/// <param name="Optimizer">Kind of optimizer that they are for; null = every one.</param>
public sealed record RateExtension(IReadOnlyList<double> Rates, int Above, int Below, string? Optimizer)
{
    /// <summary>The rates that a combination of the sweep should have beside its own.</summary>
    /// <param name="combination">The combination.</param>
    /// <param name="grid">Its own rates.</param>
    public IEnumerable<double> RatesOf(RateCombination combination, LearningRateGrid grid)
    {
        ArgumentNullException.ThrowIfNull(combination);
        return IsFor(combination.Optimizer) ? RatesOf(grid) : [];
    }

    /// <summary>The rates beside those of a grid.</summary>
    public IEnumerable<double> RatesOf(LearningRateGrid grid) => [.. Rates, .. LearningRates.Above(grid, Above), .. LearningRates.Below(grid, Below)];

    public bool IsFor(OptimizerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Optimizer is null || choice.Settings.Kind == Optimizer;
    }
}
