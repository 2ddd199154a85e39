namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The numbers of one RMSProp step (Tieleman &amp; Hinton 2012; Graves 2013, eq. 38–45, in PyTorch's arrangement).</summary>
/// <param name="Alpha">α.</param>
/// <param name="OneMinusAlpha">1 − α.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Momentum">μ.</param>
/// <param name="WeightDecay">λ.</param>
internal readonly record struct RmsPropStep(float Alpha, float OneMinusAlpha, float Epsilon, float Momentum, float WeightDecay);
