namespace CloudSweep.Core.Domain;

/// <summary>How often a label occurs.</summary>
/// <param name="Label">The cell's text, trimmed of nothing.</param>
/// <param name="TrainRows">Training rows with it.</param>
/// <param name="ValidationRows">Validation rows with it.</param>
public readonly record struct LabelCount(string Label, long TrainRows, long ValidationRows);
