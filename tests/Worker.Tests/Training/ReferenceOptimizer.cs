using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>
/// The published formulas in double precision, as the algorithm boxes of PyTorch 2 state them
/// (docs.pytorch.org/docs/stable/generated/torch.optim.SGD, .Adagrad, .RMSprop, .Adam, .AdamW; maximize off). Where the box of Adam and the code of
/// PyTorch differ on amsgrad, this follows the code: the maximum is of the uncorrected average.
/// </summary>
internal sealed class ReferenceOptimizer(OptimizerSettings settings, int count)
{
    private readonly double[] _first = new double[count];
    private readonly double[] _second = [.. Enumerable.Repeat((settings as OptimizerSettings.AdaGrad)?.InitialAccumulator ?? 0, count)];
    private readonly double[] _third = new double[count];
    private int _t;

    /// <summary>Sum over steps of the largest move of any weight: the scale of a step's rounding errors.</summary>
    public double PathLength { get; private set; }

    public void Step(double[] weights, IReadOnlyList<double> gradients, double rate)
    {
        _t++;
        var moved = Enumerable.Range(0, weights.Length).Select(index => Moved(index, weights[index], gradients[index], rate)).ToArray();
        PathLength += moved.Zip(weights).Max(pair => Math.Abs(pair.First - pair.Second));
        moved.CopyTo(weights, 0);
    }

    private double Moved(int index, double w, double g, double lr)
    {
        ref var first = ref _first[index];
        ref var second = ref _second[index];
        ref var third = ref _third[index];
        switch (settings)
        {
            // θₜ = θₜ₋₁ − γ gₜ
            case OptimizerSettings.Sgd sgd:
                return w - (lr * (g + (sgd.WeightDecay * w)));

            // bₜ = μ bₜ₋₁ + (1 − τ) gₜ for t > 1, else gₜ; θₜ = θₜ₋₁ − γ bₜ
            case OptimizerSettings.HeavyBall ball:
                g += ball.WeightDecay * w;
                first = _t > 1 ? (ball.Momentum * first) + ((1 - ball.Dampening) * g) : g;
                return w - (lr * first);

            // gₜ ← gₜ + μ bₜ
            case OptimizerSettings.Nesterov nesterov:
                g += nesterov.WeightDecay * w;
                first = _t > 1 ? (nesterov.Momentum * first) + g : g;
                return w - (lr * (g + (nesterov.Momentum * first)));

            // γ̃ = γ / (1 + (t − 1) η), state_sumₜ = state_sumₜ₋₁ + gₜ², θₜ = θₜ₋₁ − γ̃ gₜ / (√state_sumₜ + ε)
            case OptimizerSettings.AdaGrad ada:
                g += ada.WeightDecay * w;
                second += g * g;
                return w - (lr / (1 + ((_t - 1) * ada.LrDecay)) * g / (Math.Sqrt(second) + ada.Epsilon));

            // vₜ = α vₜ₋₁ + (1 − α) gₜ², ṽₜ = vₜ − (gᵃᵛᵉₜ)² if centered, bₜ = μ bₜ₋₁ + gₜ / (√ṽₜ + ε), θₜ = θₜ₋₁ − γ bₜ
            case OptimizerSettings.RmsProp rms:
                g += rms.WeightDecay * w;
                second = (rms.Alpha * second) + ((1 - rms.Alpha) * g * g);
                first = (rms.Alpha * first) + ((1 - rms.Alpha) * g);
                third = (rms.Momentum * third) + (g / (Math.Sqrt(rms.Centered ? second - (first * first) : second) + rms.Epsilon));
                return w - (lr * third);

            case OptimizerSettings.Adam adam:
                return w - (lr * AdamDirection(index, g + (adam.WeightDecay * w), (adam.Beta1, adam.Beta2, adam.Epsilon), adam.Amsgrad));

            // θₜ = θₜ₋₁ − γ λ θₜ₋₁, then as Adam
            case OptimizerSettings.AdamW adam:
                return w - (lr * adam.WeightDecay * w) - (lr * AdamDirection(index, g, (adam.Beta1, adam.Beta2, adam.Epsilon), adam.Amsgrad));

            default:
                throw new InvalidOperationException($"No formula for {settings.Kind}.");
        }
    }

    // m̂ₜ = mₜ / (1 − β₁ᵗ), v̂ₜ = vₜ / (1 − β₂ᵗ), θₜ = θₜ₋₁ − γ m̂ₜ / (√v̂ₜ + ε); amsgrad: max vₜ so far instead of vₜ
    private double AdamDirection(int index, double g, (double Beta1, double Beta2, double Epsilon) constants, bool isAmsgrad)
    {
        ref var first = ref _first[index];
        ref var second = ref _second[index];
        first = (constants.Beta1 * first) + ((1 - constants.Beta1) * g);
        second = (constants.Beta2 * second) + ((1 - constants.Beta2) * g * g);
        _third[index] = Math.Max(_third[index], second);
        var corrected = (isAmsgrad ? _third[index] : second) / (1 - Math.Pow(constants.Beta2, _t));
        return first / (1 - Math.Pow(constants.Beta1, _t)) / (Math.Sqrt(corrected) + constants.Epsilon);
    }
}
