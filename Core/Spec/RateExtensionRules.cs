using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Spec;

/// <summary>What learning rates may be added to a sweep. All broken rules are told at once.</summary>
public static class RateExtensionRules
{
    /// <param name="spec">The sweep.</param>
    /// <param name="extension">What is to be added.</param>
    /// <param name="gridOf">The rates of a combination: those of the file, or what its range test proposed.</param>
    public static IReadOnlyList<SpecViolation> Check(SweepSpec spec, RateExtension extension, Func<RateCombination, LearningRateGrid> gridOf)
    {
        ArgumentNullException.ThrowIfNull(gridOf);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(extension);
        var violations = new List<SpecViolation>();
        if (extension is { Rates.Count: 0, Above: 0, Below: 0 })
        {
            violations.Add(new SpecViolation("rates", "Nothing is to be added; name rates, or how many above or below the grid."));
        }

        Count("above", extension.Above, violations);
        Count("below", extension.Below, violations);
        if (extension.Rates.Count > SearchRules.MaxRates)
        {
            violations.Add(new SpecViolation("rates", SweepSpecRules.Text($"Has {extension.Rates.Count} rates; add at most {SearchRules.MaxRates} at a time.")));
        }

        foreach (var rate in extension.Rates.Take(SearchRules.MaxRates).Where(rate => !SearchRules.IsRate(rate)))
        {
            violations.Add(new SpecViolation("rates", SweepSpecRules.Text($"{rate} is not a learning rate; {SearchRules.RateRule}.")));
        }

        if (!spec.Optimizers.Any(extension.IsFor))
        {
            violations.Add(new SpecViolation("optimizer", $"The sweep has no '{extension.Optimizer}'; it has {string.Join(", ", spec.Optimizers.Select(choice => choice.Settings.Kind).Distinct())}."));
        }

        if (violations.Count == 0)
        {
            violations.AddRange(Grids(RateCombination.Of(spec).Where(combination => extension.IsFor(combination.Optimizer)).Select(gridOf).Distinct(), extension));
        }

        return violations;
    }

    private static void Count(string field, int count, List<SpecViolation> violations)
    {
        if (count is < 0 or > SearchRules.MaxRates)
        {
            violations.Add(new SpecViolation(field, SweepSpecRules.Text($"{count} is out of range; use 0 to {SearchRules.MaxRates}.")));
        }
    }

    private static IEnumerable<SpecViolation> Grids(IEnumerable<LearningRateGrid> grids, RateExtension extension)
    {
        foreach (var grid in grids)
        {
            var field = extension.Above > 0 ? "above" : "below";
            if (extension is not { Above: 0, Below: 0 } && grid is LearningRateGrid.Auto auto)
            {
                yield return new SpecViolation(field, auto.Count == 0 ? "The sweep is a range test only, so there is no grid to go on from; name the rates to add." : "The range test has not found the grid yet; wait for it, or name the rates to add.");
            }
            else if (extension is not { Above: 0, Below: 0 } && LearningRates.Of(grid) is [var only])
            {
                yield return new SpecViolation(field, SweepSpecRules.Text($"The grid has one rate ({only}), so it does not say how to go on; name the rates to add."));
            }
            else if (extension.RatesOf(grid).FirstOrDefault(rate => !SearchRules.IsRate(rate), double.NaN) is var rate && !double.IsNaN(rate))
            {
                yield return new SpecViolation(field, SweepSpecRules.Text($"Going on as the grid does leads to {rate}, which is not a learning rate; {SearchRules.RateRule}. Ask for fewer, or name the rates to add."));
            }
        }
    }
}
