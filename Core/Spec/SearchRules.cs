using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of learning rates, and of the lists of optimizers and schedules.</summary>
internal static class SearchRules
{
    public const int MaxRates = 10_000;
    public const int MaxRefinements = 10;
    public const string RateRule = "use numbers above 0 that single precision can hold (1e-38 to 3e38)";

    public static void Check(SweepSpec spec, List<SpecViolation> violations)
    {
        Grid(spec.LearningRate, "learningRate", violations);
        if (spec.Optimizers.Count == 0)
        {
            violations.Add(new SpecViolation("optimizer", "The list is empty; name at least one, such as sgd."));
        }

        for (var index = 0; index < spec.Optimizers.Count; index++)
        {
            var field = Field("optimizer", index, spec.Optimizers.Count);
            OptimizerRules.Check(spec.Optimizers[index].Settings, field, violations);
            if (spec.Optimizers[index].LearningRate is { } grid)
            {
                Grid(grid, $"{field}.learningRate", violations);
            }

            if (spec.Optimizers.Take(index).Any(other => other.Settings == spec.Optimizers[index].Settings))
            {
                violations.Add(new SpecViolation(field, $"{spec.Optimizers[index].Settings.Kind} with the same constants is in the list twice; remove one."));
            }
        }

        if (spec.Schedules.Count == 0)
        {
            violations.Add(new SpecViolation("schedule", "The list is empty; name at least one, such as constant."));
        }

        for (var index = 0; index < spec.Schedules.Count; index++)
        {
            var field = Field("schedule", index, spec.Schedules.Count);
            ScheduleRules.Check(spec.Schedules[index], field, violations);
            if (spec.Schedules.Take(index).Contains(spec.Schedules[index]))
            {
                violations.Add(new SpecViolation(field, $"{spec.Schedules[index].Kind} with the same constants is in the list twice; remove one."));
            }
        }
    }

    public static bool IsRate(double rate) => double.IsFinite(rate) && rate > 0 && (float)rate >= 1e-38f && float.IsFinite((float)rate);

    private static string Field(string key, int index, int count) => count == 1 ? key : SweepSpecRules.Text($"{key}[{index}]");

    private static void Grid(LearningRateGrid grid, string field, List<SpecViolation> violations)
    {
        switch (grid)
        {
            case LearningRateGrid.List list:
                List(list, field, violations);
                break;
            case LearningRateGrid.Log(var min, var max, var count):
                Bounds(grid, min, max, count, field, violations);
                break;
            case LearningRateGrid.Linear(var min, var max, var count):
                Bounds(grid, min, max, count, field, violations);
                break;
            case LearningRateGrid.Random(var min, var max, var count, _):
                Bounds(grid, min, max, count, field, violations);
                break;
            case LearningRateGrid.Auto auto:
                Auto(auto, field, violations);
                break;
        }

        Rounds(grid, field, violations);
    }

    private static void Auto(LearningRateGrid.Auto grid, string field, List<SpecViolation> violations)
    {
        if (grid.Count is not 0 and (< 2 or > MaxRates))
        {
            violations.Add(new SpecViolation($"{field}.count", SweepSpecRules.Text($"{grid.Count} is out of range; use 2 to {MaxRates} rates between the bounds that the range test proposes, or 0 for the range test only.")));
        }
        else if (grid.Count == 0 && (grid.ExtendEdges || grid.Refine > 0))
        {
            violations.Add(new SpecViolation($"{field}.{(grid.ExtendEdges ? "extendEdges" : "refine")}", "Has no use with count: 0, which is the range test only; leave it out, or use a count of 2 or more."));
        }
    }

    private static void Rounds(LearningRateGrid grid, string field, List<SpecViolation> violations)
    {
        if (grid.Refine is < 0 or > MaxRefinements)
        {
            violations.Add(new SpecViolation($"{field}.refine", SweepSpecRules.Text($"{grid.Refine} is out of range; use 0 to {MaxRefinements} rounds.")));
        }

        if ((grid.ExtendEdges || grid.Refine > 0) && grid is LearningRateGrid.Log { Count: 1 } or LearningRateGrid.Linear { Count: 1 } or LearningRateGrid.Random { Count: 1 } or LearningRateGrid.List { Rates.Count: 1 })
        {
            violations.Add(new SpecViolation($"{field}.{(grid.ExtendEdges ? "extendEdges" : "refine")}", "One rate does not say how to go on; use a count of 2 or more, or leave this out."));
        }
    }

    private static void List(LearningRateGrid.List list, string field, List<SpecViolation> violations)
    {
        if (list.Rates.Count is 0 or > MaxRates)
        {
            violations.Add(new SpecViolation(field, SweepSpecRules.Text($"Has {list.Rates.Count} rates; list 1 to {MaxRates}.")));
        }

        foreach (var rate in list.Rates.Where(rate => !IsRate(rate)))
        {
            violations.Add(new SpecViolation(field, SweepSpecRules.Text($"{rate} is not a learning rate; {RateRule}.")));
        }

        foreach (var rate in list.Rates.GroupBy(rate => rate).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            violations.Add(new SpecViolation(field, SweepSpecRules.Text($"{rate} is listed twice; remove one (use repeats to train a rate several times).")));
        }
    }

    private static void Bounds(LearningRateGrid grid, double min, double max, int count, string field, List<SpecViolation> violations)
    {
        if (!IsRate(min))
        {
            violations.Add(new SpecViolation($"{field}.min", SweepSpecRules.Text($"{min} is not a learning rate; {RateRule}, such as 1e-5.")));
        }

        if (!IsRate(max))
        {
            violations.Add(new SpecViolation($"{field}.max", SweepSpecRules.Text($"{max} is not a learning rate; {RateRule}, such as 1.")));
        }

        if (count is < 1 or > MaxRates)
        {
            violations.Add(new SpecViolation($"{field}.count", SweepSpecRules.Text($"{count} is out of range; use 1 to {MaxRates}.")));
        }

        if (!IsRate(min) || !IsRate(max))
        {
            return;
        }

        if (min > max)
        {
            violations.Add(new SpecViolation($"{field}.min", SweepSpecRules.Text($"{min} is above max ({max}); swap them.")));
        }
        else if (count == 1 && min != max)
        {
            violations.Add(new SpecViolation($"{field}.count", SweepSpecRules.Text($"1 rate can't cover {min} to {max}; use a count of 2 or more, or set min and max to the same rate.")));
        }
        else if (count > 1 && min == max)
        {
            violations.Add(new SpecViolation($"{field}.max", SweepSpecRules.Text($"{max} equals min, so {count} rates would be the same; raise max, or use count: 1.")));
        }
        else if (count is > 1 and <= MaxRates && LearningRates.Of(grid) is var rates && (rates.Count < count || rates.Zip(rates.Skip(1)).Any(pair => (float)pair.First >= (float)pair.Second)))
        {
            violations.Add(new SpecViolation($"{field}.count", SweepSpecRules.Text($"{count} rates from {min} to {max} are too close together to differ in single precision; use fewer, or move min and max apart.")));
        }
    }
}
