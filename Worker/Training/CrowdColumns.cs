using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Where the outputs of a crowd's lanes are in its matrix. Sixteen lanes are a block: output 0 of each, then output 1 of each, and so on, so that a vector holds
/// the same output of neighbouring lanes. Rows are the inputs, and then the bias.
/// </summary>
/// <param name="layer">The only layer of each lane.</param>
/// <param name="lanes">Lanes, ≥ 1.</param>
internal sealed class CrowdColumns(LayerLayout layer, int lanes)
{
    private const int BlockSize = KernelSet.BlockSize;

    public int Blocks { get; } = KernelSet.Padded(lanes) / BlockSize;

    /// <summary>Columns, those of lanes that only fill up the last block included.</summary>
    public int Count => Blocks * layer.Outputs * BlockSize;

    public int ParameterCount => (layer.Inputs + 1) * Count;

    /// <summary>Copies a lane's parameters, or a memory of its optimizer, to the crowd's; nothing where there is none.</summary>
    public void Gather(ReadOnlySpan<float> lane, Span<float> crowd, int index)
    {
        if (lane.IsEmpty)
        {
            return;
        }

        for (var row = 0; row <= layer.Inputs; row++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                crowd[(row * Count) + Column(index, output)] = lane[(row * layer.PaddedOutputs) + output];
            }
        }
    }

    /// <summary>The way back of <see cref="Gather"/>.</summary>
    public void Scatter(ReadOnlySpan<float> crowd, Span<float> lane, int index)
    {
        if (lane.IsEmpty)
        {
            return;
        }

        for (var row = 0; row <= layer.Inputs; row++)
        {
            for (var output = 0; output < layer.Outputs; output++)
            {
                lane[(row * layer.PaddedOutputs) + output] = crowd[(row * Count) + Column(index, output)];
            }
        }
    }

    /// <summary>Sets all columns of a lane.</summary>
    public void Fill(Span<double> columns, int index, double value)
    {
        for (var output = 0; output < layer.Outputs; output++)
        {
            columns[Column(index, output)] = value;
        }
    }

    private int Column(int lane, int output) => (((lane / BlockSize * layer.Outputs) + output) * BlockSize) + (lane % BlockSize);
}
