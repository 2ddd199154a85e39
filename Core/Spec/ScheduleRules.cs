using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Rules of a schedule's constants.</summary>
internal static class ScheduleRules
{
    public static void Check(ScheduleSettings schedule, string field, List<SpecViolation> violations)
    {
        var rules = new ConstantRules(field, violations);
        switch (schedule)
        {
            case ScheduleSettings.Step step:
                rules.Require("everyEpochs", step.EveryEpochs, step.EveryEpochs >= 1, "use 1 or more epochs");
                rules.Factor("gamma", step.Gamma, "0.1");
                break;
            case ScheduleSettings.Exponential exponential:
                rules.Factor("gamma", exponential.Gamma, "0.95");
                break;
            case ScheduleSettings.Polynomial polynomial:
                rules.Require("power", polynomial.Power, polynomial.Power is > 0 and <= 100, "use a power above 0 and up to 100, such as 1");
                break;
            case ScheduleSettings.Cosine cosine:
                rules.NotNegative("minimumRate", cosine.MinimumRate, "1e-6");
                break;
            case ScheduleSettings.WarmupCosine warmup:
                rules.ShareBelowOne("warmupFraction", warmup.WarmupFraction);
                rules.Require("startFactor", warmup.StartFactor, warmup.StartFactor is >= 0 and <= 1, "use 0 to 1, such as 0.01");
                rules.NotNegative("minimumRate", warmup.MinimumRate, "1e-6");
                break;
            case ScheduleSettings.OneCycle cycle:
                rules.ShareBelowOne("warmupFraction", cycle.WarmupFraction);
                rules.Divisor("divFactor", cycle.DivFactor, "25");
                rules.Divisor("finalDivFactor", cycle.FinalDivFactor, "1e4");
                break;
        }
    }
}
