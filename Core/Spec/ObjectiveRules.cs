using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Which metrics a sweep may be ranked by, and in which direction.</summary>
internal static class ObjectiveRules
{
    private static readonly string[] OfClasses = [MetricNames.ValidationLoss, MetricNames.ValidationAccuracy, MetricNames.ValidationAuc];
    private static readonly string[] OfNumbers = [MetricNames.ValidationLoss, MetricNames.ValidationRmse, MetricNames.ValidationMae];

    public static void Check(Objective objective, ModelSpec model, List<SpecViolation> violations)
    {
        var metrics = model.Learns == LearningTask.Regression ? OfNumbers : OfClasses;
        if (!metrics.Contains(objective.Metric, StringComparer.Ordinal))
        {
            violations.Add(new SpecViolation("objective.metric", $"{ProblemOf(objective.Metric, model)}; use {string.Join(", ", metrics[..^1])} or {metrics[^1]}."));
        }
        else if (GoalOf(objective.Metric) is { } goal && objective.Goal != goal)
        {
            var right = goal == ObjectiveGoal.Minimize ? "minimize" : "maximize";
            violations.Add(new SpecViolation("objective.goal", $"{objective.Metric} can't be {(goal == ObjectiveGoal.Minimize ? "maximized" : "minimized")}: that would prefer the worst rate. Use {right}, or leave goal out."));
        }
    }

    /// <summary>The natural goal of a metric; null for an unknown one.</summary>
    public static ObjectiveGoal? GoalOf(string metric) => metric switch
    {
        MetricNames.ValidationLoss or MetricNames.ValidationRmse or MetricNames.ValidationMae => ObjectiveGoal.Minimize,
        MetricNames.ValidationAccuracy or MetricNames.ValidationAuc => ObjectiveGoal.Maximize,
        _ => null,
    };

    private static string ProblemOf(string metric, ModelSpec model)
    {
        if (MetricNames.IsPerClass(metric))
        {
            return $"'{metric}' is recorded, but a sweep can't be ranked by the rows of one class";
        }

        var predicts = model.Learns == LearningTask.Regression ? "predicts a number" : "predicts classes";
        return GoalOf(metric) is null ? $"'{metric}' is not measured" : $"{metric} does not suit the {model.Kind} model, which {predicts}";
    }
}
