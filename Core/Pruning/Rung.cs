namespace CloudSweep.Core.Pruning;

/// <summary>A step at which a trial is measured and may be pruned.</summary>
/// <param name="Number">1, 2, … from the first.</param>
/// <param name="Step">Completed optimizer steps, fewer than the trial's last.</param>
/// <param name="Position">Training rows, counted over all epochs, that are read by then.</param>
public readonly record struct Rung(int Number, long Step, long Position);
