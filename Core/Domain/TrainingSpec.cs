namespace CloudSweep.Core.Domain;

/// <summary>How long and in which pieces trials train.</summary>
/// <param name="Epochs">Passes over the training rows, 1 to 100,000.</param>
/// <param name="BatchSize">Rows per optimizer step, ≥ 1; null = all rows (plain gradient descent).</param>
/// <param name="Seed">Seed of initial weights and data order.</param>
/// <param name="GradientClip">Largest L2 norm of a step's gradient over all weights and biases, &gt; 0; longer ones are scaled down to it. Null = never.</param>
public sealed record TrainingSpec(int Epochs, int? BatchSize, long Seed, double? GradientClip = null);
