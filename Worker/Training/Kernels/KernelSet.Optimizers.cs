using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Optimizer steps, one pass over the parameters each. What a step does not use, it branches around: the same way in every turn of the loop.</summary>
internal sealed partial class KernelSet<TVector>
{
    public override void UpdateSgd(Span<float> weights, ReadOnlySpan<float> gradients, float rate, float weightDecay)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            TVector.Store(Moved(weight, WithDecay(TVector.Load(in g, index), weight, weightDecay), rate), ref w, index);
        }
    }

    public override void UpdateMomentum(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocities, in MomentumStep step)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var b = ref MemoryMarshal.GetReference(velocities[..weights.Length]);
        var momentum = TVector.Broadcast(step.Momentum);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            var gradient = WithDecay(TVector.Load(in g, index), weight, step.WeightDecay);
            var velocity = Decayed(TVector.Load(in b, index), gradient, step.Momentum, step.GradientShare);
            TVector.Store(velocity, ref b, index);
            TVector.Store(Moved(weight, step.IsNesterov ? TVector.MultiplyAdd(momentum, velocity, gradient) : velocity, step.Rate), ref w, index);
        }
    }

    public override void UpdateAdaGrad(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, float rate, float epsilon, float weightDecay)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var s = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            var gradient = WithDecay(TVector.Load(in g, index), weight, weightDecay);
            var square = TVector.MultiplyAdd(gradient, gradient, TVector.Load(in s, index));
            TVector.Store(square, ref s, index);
            TVector.Store(Moved(weight, Normalized(gradient, square, epsilon), rate), ref w, index);
        }
    }

    public override void UpdateRmsProp(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> means, Span<float> velocities, in RmsPropStep step)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var s = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        ref var a = ref MemoryMarshal.GetReference(OfLengthOrEmpty(means, weights.Length));
        ref var b = ref MemoryMarshal.GetReference(OfLengthOrEmpty(velocities, weights.Length));
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            var gradient = WithDecay(TVector.Load(in g, index), weight, step.WeightDecay);
            var square = Decayed(TVector.Load(in s, index), TVector.Multiply(gradient, gradient), step.Alpha, step.OneMinusAlpha);
            TVector.Store(square, ref s, index);
            if (!means.IsEmpty)
            {
                var mean = Decayed(TVector.Load(in a, index), gradient, step.Alpha, step.OneMinusAlpha);
                TVector.Store(mean, ref a, index);
                square = Variance(square, mean);
            }

            var direction = Normalized(gradient, square, step.Epsilon);
            if (!velocities.IsEmpty)
            {
                direction = TVector.MultiplyAdd(TVector.Broadcast(step.Momentum), TVector.Load(in b, index), direction);
                TVector.Store(direction, ref b, index);
            }

            TVector.Store(Moved(weight, direction, step.Rate), ref w, index);
        }
    }

    public override void UpdateAdam(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares, Span<float> maxima, in AdamStep step)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var m = ref MemoryMarshal.GetReference(means[..weights.Length]);
        ref var v = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        ref var largest = ref MemoryMarshal.GetReference(OfLengthOrEmpty(maxima, weights.Length));
        var root = TVector.Broadcast(step.RootOfCorrection);
        var epsilon = TVector.Broadcast(step.Epsilon);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            var gradient = WithDecay(TVector.Load(in g, index), weight, step.WeightDecay);
            var mean = Decayed(TVector.Load(in m, index), gradient, step.Beta1, step.OneMinusBeta1);
            var square = Decayed(TVector.Load(in v, index), TVector.Multiply(gradient, gradient), step.Beta2, step.OneMinusBeta2);
            TVector.Store(mean, ref m, index);
            TVector.Store(square, ref v, index);
            if (!maxima.IsEmpty)
            {
                // A NaN is not less than anything, so it is taken, and stays.
                var before = TVector.Load(in largest, index);
                square = TVector.SelectGreater(before, square, before, square);
                TVector.Store(square, ref largest, index);
            }

            var denominator = TVector.Add(TVector.Divide(TVector.SquareRoot(square), root), epsilon);
            TVector.Store(Moved(Shrunk(weight, step.Shrinkage), TVector.Divide(mean, denominator), step.StepSize), ref w, index);
        }
    }

    private static Span<float> OfLengthOrEmpty(Span<float> values, int length) => values.IsEmpty ? values : values[..length];

    // g + λ·w; without decay the bits of g.
    private static TVector WithDecay(TVector gradient, TVector weight, float weightDecay) =>
        weightDecay == 0 ? gradient : TVector.MultiplyAdd(TVector.Broadcast(weightDecay), weight, gradient);

    // w − share·w, rounded once: 1 − share, rounded first, would err the same way in every step.
    private static TVector Shrunk(TVector weight, float share) => share == 0 ? weight : TVector.MultiplyAdd(TVector.Broadcast(-share), weight, weight);

    private static TVector Decayed(TVector average, TVector value, float decay, float share) =>
        TVector.MultiplyAdd(TVector.Broadcast(decay), average, TVector.Multiply(TVector.Broadcast(share), value));

    private static TVector Moved(TVector weight, TVector direction, float rate) => TVector.MultiplyAdd(TVector.Broadcast(-rate), direction, weight);

    private static TVector Normalized(TVector gradient, TVector square, float epsilon) =>
        TVector.Divide(gradient, TVector.Add(TVector.SquareRoot(square), TVector.Broadcast(epsilon)));

    // Rounding can make the variance of a gradient that hardly changes negative, and its root NaN: it counts as 0 then (docs/adr/0008).
    private static TVector Variance(TVector square, TVector mean)
    {
        var variance = TVector.MultiplyAdd(TVector.Subtract(Zero, mean), mean, square);
        return TVector.SelectGreater(Zero, variance, Zero, variance);
    }
}
