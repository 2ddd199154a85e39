namespace CloudSweep.Core.Domain;

/// <summary>How long and in which pieces trials train.</summary>
/// <param name="Epochs">Passes over the training rows, 1 to 100,000.</param>
/// <param name="BatchSize">Rows per optimizer step, ≥ 1; null = all rows (plain gradient descent).</param>
/// <param name="Seed">Seed of initial weights and data order.</param>
public sealed record TrainingSpec(int Epochs, int? BatchSize, long Seed);
