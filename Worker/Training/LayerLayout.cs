using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>One linear layer inside a <see cref="ModelLayout"/>.</summary>
/// <param name="Index">0 for the first layer.</param>
/// <param name="Inputs">Features or units below.</param>
/// <param name="Outputs">Units, or classes in the last layer.</param>
/// <param name="WeightOffset">Where its weights begin.</param>
internal sealed record LayerLayout(int Index, int Inputs, int Outputs, int WeightOffset)
{
    public int PaddedOutputs { get; } = KernelSet.Padded(Outputs);

    public int WeightCount => Inputs * PaddedOutputs;

    public int BiasOffset => WeightOffset + WeightCount;

    public int ParameterCount => WeightCount + PaddedOutputs;
}
