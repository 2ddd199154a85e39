namespace CloudSweep.Core.Domain;

/// <summary>Rows of one cached block.</summary>
/// <param name="Rows">All rows, ≥ 1.</param>
/// <param name="TrainRows">Rows of the training side.</param>
public readonly record struct BlockRows(int Rows, int TrainRows);
