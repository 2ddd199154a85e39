using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>
/// The published formulas in double precision, as the algorithm boxes of PyTorch 2 state them
/// (docs.pytorch.org/docs/stable/generated/torch.optim.SGD, .Adagrad, .RMSprop, .Adam: momentum, decay, centering and maximize off).
/// </summary>
internal sealed class ReferenceOptimizer(OptimizerSettings settings, int count)
{
    private readonly double[] _first = new double[count];
    private readonly double[] _second = new double[count];
    private int _t;

    /// <summary>Sum over steps of the largest move of any weight: the scale of a step's rounding errors.</summary>
    public double PathLength { get; private set; }

    public void Step(double[] weights, IReadOnlyList<double> gradients, double rate)
    {
        _t++;
        var moves = Enumerable.Range(0, weights.Length).Select(index => rate * Direction(index, gradients[index])).ToArray();
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] -= moves[index];
        }

        PathLength += moves.Max(Math.Abs);
    }

    private double Direction(int index, double g)
    {
        ref var first = ref _first[index];
        ref var second = ref _second[index];
        switch (settings)
        {
            // θₜ = θₜ₋₁ − γ gₜ
            case OptimizerSettings.Sgd:
                return g;

            // state_sumₜ = state_sumₜ₋₁ + gₜ², θₜ = θₜ₋₁ − γ gₜ / (√state_sumₜ + ε)
            case OptimizerSettings.AdaGrad ada:
                second += g * g;
                return g / (Math.Sqrt(second) + ada.Epsilon);

            // vₜ = α vₜ₋₁ + (1 − α) gₜ², θₜ = θₜ₋₁ − γ gₜ / (√vₜ + ε)
            case OptimizerSettings.RmsProp rms:
                second = (rms.Alpha * second) + ((1 - rms.Alpha) * g * g);
                return g / (Math.Sqrt(second) + rms.Epsilon);

            // m̂ₜ = mₜ / (1 − β₁ᵗ), v̂ₜ = vₜ / (1 − β₂ᵗ), θₜ = θₜ₋₁ − γ m̂ₜ / (√v̂ₜ + ε)
            case OptimizerSettings.Adam adam:
                first = (adam.Beta1 * first) + ((1 - adam.Beta1) * g);
                second = (adam.Beta2 * second) + ((1 - adam.Beta2) * g * g);
                var corrected = second / (1 - Math.Pow(adam.Beta2, _t));
                return first / (1 - Math.Pow(adam.Beta1, _t)) / (Math.Sqrt(corrected) + adam.Epsilon);

            default:
                throw new InvalidOperationException($"No formula for {settings.Kind}.");
        }
    }
}
