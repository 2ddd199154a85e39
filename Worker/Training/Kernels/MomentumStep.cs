namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The numbers of one step with momentum (Polyak 1964; Nesterov 1983).</summary>
/// <param name="Momentum">μ.</param>
/// <param name="GradientShare">1 − dampening; 1 in the first step.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="IsNesterov">Whether the step looks ahead by μ times the velocity.</param>
internal readonly record struct MomentumStep(float Momentum, float GradientShare, float WeightDecay, bool IsNesterov);
