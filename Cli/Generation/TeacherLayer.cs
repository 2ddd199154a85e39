using System.Numerics;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>A dense layer with random weights that keeps a standard deviation of about 1.</summary>
internal sealed class TeacherLayer
{
    // Padded to the widest vector. An output is one ascending chain of products and sums (never fused), whatever the width.
    private const int Padding = 8;

    private readonly double[] _weights;
    private readonly double[] _biases;

    /// <param name="inputs">Number of inputs.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="seed">Seed of the data set.</param>
    /// <param name="layer">Which layer of the model this is: layers share no random numbers.</param>
    public TeacherLayer(int inputs, int outputs, long seed, int layer)
    {
        Inputs = inputs;
        Outputs = outputs;
        PaddedOutputs = (outputs + Padding - 1) / Padding * Padding;
        _weights = new double[inputs * PaddedOutputs];
        _biases = new double[PaddedOutputs];
        var scale = 1 / Math.Sqrt(inputs);
        for (var output = 0; output < outputs; output++)
        {
            // Input -1 is the bias. Keyed by output first, so that a wider model begins with the same outputs.
            var key = ((long)output << 32) + 1;
            _biases[output] = SyntheticDraw.Uniform(seed, RandomPurpose.SyntheticTeacher, layer, key - 1);
            for (var input = 0; input < inputs; input++)
            {
                _weights[(input * PaddedOutputs) + output] = SyntheticDraw.Uniform(seed, RandomPurpose.SyntheticTeacher, layer, key + input) * scale;
            }
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>Length of the buffer that <see cref="Apply"/> fills.</summary>
    public int PaddedOutputs { get; }

    /// <summary>Makes all inputs but one in <paramref name="every"/>, from <paramref name="first"/> on, mean nothing.</summary>
    public void KeepInputs(int every, int first)
    {
        for (var input = 0; input < Inputs; input++)
        {
            if (input % every != first)
            {
                _weights.AsSpan(input * PaddedOutputs, PaddedOutputs).Clear();
            }
        }
    }

    /// <param name="inputs"><see cref="Inputs"/> values, and perhaps padding.</param>
    /// <param name="outputs"><see cref="PaddedOutputs"/> values; those past <see cref="Outputs"/> become 0.</param>
    public void Apply(ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        for (var output = 0; output < PaddedOutputs; output += Vector<double>.Count)
        {
            var sum = new Vector<double>(_biases, output);
            for (var input = 0; input < Inputs; input++)
            {
                sum += new Vector<double>(inputs[input]) * new Vector<double>(_weights, (input * PaddedOutputs) + output);
            }

            sum.CopyTo(outputs[output..]);
        }
    }
}
