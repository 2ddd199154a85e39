using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class ObjectiveReader
{
    public static Objective Read(MapReader file, Findings findings)
    {
        if (file.Find("objective") is not { } node)
        {
            return new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final);
        }

        var map = new MapReader(node, "objective", findings, ["metric", "goal", "use"]);
        var metric = map.Text("metric", MetricNames.ValidationLoss);
        return new Objective(
            metric,
            map.Choice("goal", ObjectiveRules.GoalOf(metric) ?? ObjectiveGoal.Minimize, ObjectiveGoal.Minimize, ObjectiveGoal.Maximize),
            map.Choice("use", ScoreUse.Final, ScoreUse.Final, ScoreUse.Best));
    }
}
