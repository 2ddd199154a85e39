namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The numbers of one Adam or AdamW step (Kingma &amp; Ba 2015, Loshchilov &amp; Hutter 2019, in PyTorch's arrangement).</summary>
/// <param name="RootOfCorrection">√(1 − β₂ᵗ).</param>
/// <param name="Beta1">β₁.</param>
/// <param name="OneMinusBeta1">1 − β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="OneMinusBeta2">1 − β₂.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="WeightDecay">λ of Adam, coupled; 0 in AdamW.</param>
internal readonly record struct AdamStep(
    float RootOfCorrection,
    float Beta1,
    float OneMinusBeta1,
    float Beta2,
    float OneMinusBeta2,
    float Epsilon,
    float WeightDecay);
