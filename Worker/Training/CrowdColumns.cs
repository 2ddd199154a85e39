using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Where the outputs of a crowd's lanes are in its matrix: output 0 of each lane, then output 1 of each, and so on, so that a vector holds the same output of
/// neighbouring lanes. Rows are the inputs, and then the bias.
/// </summary>
/// <param name="layer">The only layer of each lane.</param>
/// <param name="lanes">Lanes, ≥ 1.</param>
internal sealed class CrowdColumns(LayerLayout layer, int lanes)
{
    /// <summary>Columns of an output, those that only fill up the last vector included.</summary>
    public int PaddedLanes { get; } = KernelSet.Padded(lanes);

    public int Count => PaddedLanes * layer.Outputs;

    /// <summary>Of the weights without the biases, which follow them.</summary>
    public int WeightCount => layer.Inputs * Count;

    public int ParameterCount => WeightCount + Count;

    /// <summary>Copies a lane's parameters, or a memory of its optimizer, to the crowd's; nothing where there is none.</summary>
    public void Gather(ReadOnlySpan<float> lane, Span<float> crowd, int index)
    {
        for (var row = 0; row <= layer.Inputs && !lane.IsEmpty; row++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                crowd[(row * Count) + (output * PaddedLanes) + index] = lane[(row * layer.PaddedOutputs) + output];
            }
        }
    }

    /// <summary>The way back of <see cref="Gather"/>.</summary>
    public void Scatter(ReadOnlySpan<float> crowd, Span<float> lane, int index)
    {
        for (var row = 0; row <= layer.Inputs && !lane.IsEmpty; row++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                lane[(row * layer.PaddedOutputs) + output] = crowd[(row * Count) + (output * PaddedLanes) + index];
            }
        }
    }

    /// <summary>Gives each output's columns the numbers of the lanes.</summary>
    /// <param name="ofLanes"><see cref="PaddedLanes"/> many.</param>
    /// <param name="columns"><see cref="Count"/> many.</param>
    public void Repeat(ReadOnlySpan<double> ofLanes, Span<double> columns)
    {
        for (var output = 0; output < layer.Outputs; output++)
        {
            ofLanes.CopyTo(columns[(output * PaddedLanes)..]);
        }
    }
}
