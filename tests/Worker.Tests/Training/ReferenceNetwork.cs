using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>
/// The models in double precision with the runtime's functions, written for clarity. Parameters are in the lane's layout;
/// gradients are central differences, so that no derivative is derived by hand.
/// </summary>
/// <param name="layout">Of the lane.</param>
/// <param name="rows">Rows and labels.</param>
/// <param name="model">Decides the loss; null = cross-entropy.</param>
internal sealed class ReferenceNetwork(ModelLayout layout, ArrayRows rows, ModelSpec? model = null)
{
    // Truncation h² and rounding 2⁻⁵³/h are both near 1e-10 for values around 1.
    private const double Difference = 1e-5;

    // While a gradient is taken: the side of 0 that each relu is on before a weight is moved, in order of evaluation.
    private List<bool>? _sides;
    private int _side;

    /// <summary>Where the real parameters are; the rest of the layout is padding.</summary>
    public IEnumerable<int> Indices(LayerLayout layer) =>
        from row in Enumerable.Range(0, layer.Inputs + 1)
        from output in Enumerable.Range(0, layer.Outputs)
        select layer.WeightOffset + (row * layer.PaddedOutputs) + output;

    /// <summary>How close any hidden unit came to 0, where relu has no derivative.</summary>
    public double ClosestToKink { get; private set; } = double.PositiveInfinity;

    public double[] Logits(double[] parameters, int row)
    {
        var values = Array.ConvertAll(rows.Row(row).ToArray(), value => (double)value);
        foreach (var layer in layout.Layers)
        {
            values = [.. Enumerable.Range(0, layer.Outputs).Select(output => Unit(parameters, layer, values, output))];
        }

        return values;
    }

    /// <summary>Loss of one row: squared error, cross-entropy with logits, or cross-entropy by log-sum-exp.</summary>
    public double Loss(double[] parameters, int row)
    {
        var logits = Logits(parameters, row);
        if (model?.Learns == LearningTask.Regression)
        {
            return (logits[0] - rows.Target(row)) * (logits[0] - rows.Target(row));
        }

        if (model is ModelSpec.Logistic)
        {
            var probability = 1 / (1 + Math.Exp(-logits[0]));
            return -Math.Log(rows.Class(row) == 1 ? probability : 1 - probability);
        }

        var max = logits.Max();
        return max + Math.Log(logits.Sum(logit => Math.Exp(logit - max))) - logits[rows.Class(row)];
    }

    /// <summary>Mean over rows.</summary>
    public double Loss(double[] parameters, IReadOnlyList<int> batch) => batch.Sum(row => Loss(parameters, row)) / batch.Count;

    /// <summary>Of the mean loss. Differences do not cross the kinks of relu: a unit stays on the side that it is on.</summary>
    public double[] Gradient(double[] parameters, IReadOnlyList<int> batch)
    {
        var gradient = new double[parameters.Length];
        (_sides, _side) = ([], 0);
        _ = Loss(parameters, batch);
        foreach (var index in layout.Layers.SelectMany(Indices))
        {
            var moved = parameters.ToArray();
            moved[index] = parameters[index] + Difference;
            _side = 0;
            var above = Loss(moved, batch);
            moved[index] = parameters[index] - Difference;
            _side = 0;
            gradient[index] = (above - Loss(moved, batch)) / (2 * Difference);
        }

        _sides = null;
        return gradient;
    }

    private double Relu(double sum)
    {
        if (_sides is null)
        {
            return Math.Max(sum, 0);
        }

        if (_side == _sides.Count)
        {
            _sides.Add(sum > 0);
        }

        return _sides[_side++] ? sum : 0;
    }

    private double Unit(double[] parameters, LayerLayout layer, double[] inputs, int output)
    {
        var sum = parameters[layer.BiasOffset + output];
        for (var input = 0; input < inputs.Length; input++)
        {
            sum += inputs[input] * parameters[layer.WeightOffset + (input * layer.PaddedOutputs) + output];
        }

        if (layer.Index == layout.Layers.Count - 1)
        {
            return sum;
        }

        ClosestToKink = Math.Min(ClosestToKink, Math.Abs(sum));
        return layout.Activation switch
        {
            Activation.Relu => Relu(sum),
            Activation.Tanh => Math.Tanh(sum),
            Activation.Gelu => sum * ReferenceNormal.Probability(sum),
            _ => throw new InvalidOperationException($"No activation {layout.Activation}."),
        };
    }
}
