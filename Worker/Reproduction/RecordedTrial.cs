using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Reproduction;

/// <summary>The first steps of a trial: all that another program needs to repeat them, and what they gave here.</summary>
/// <param name="Weights">Before the first step, as torch.nn.Linear has them.</param>
/// <param name="Features">Scaled features of all recorded batches, in training order: [rows, features].</param>
/// <param name="Labels">Of the same rows: class indexes, or standardized numbers.</param>
/// <param name="Document">Settings, and rows and loss of each step.</param>
internal sealed record RecordedTrial(IReadOnlyList<Tensor> Weights, Tensor Features, Tensor Labels, TrialDocument Document);
