namespace CloudSweep.Core.Domain;

/// <summary>What a sweep ranks its trials by.</summary>
/// <param name="Metric">Metric name, e.g. <c>val_loss</c>.</param>
/// <param name="Goal">Whether small or large values are better.</param>
/// <param name="Use">Which evaluation of a trial is its score.</param>
public sealed record Objective(string Metric, ObjectiveGoal Goal, ScoreUse Use);
