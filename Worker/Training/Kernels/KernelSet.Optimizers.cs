using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Optimizer steps, one pass over the parameters each. What a step does not use, it branches around: the same way in every turn of the loop.</summary>
internal sealed partial class KernelSet<TVector>
{
    private const float SmallestNormal = 1.17549435e-38f;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void UpdateSgd(Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<float> moves, float weightDecay)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref readonly var move = ref MemoryMarshal.GetReference(moves);
        nuint column = 0;
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            TVector.Store(Moved(weight, WithDecay(TVector.Load(in g, index), weight, weightDecay), TVector.Load(in move, column)), ref w, index);
            column = Next(column, moves.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void UpdateMomentum(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocities, ReadOnlySpan<float> moves, in MomentumStep step)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var b = ref MemoryMarshal.GetReference(velocities[..weights.Length]);
        var momentum = TVector.Broadcast(step.Momentum);
        ref readonly var move = ref MemoryMarshal.GetReference(moves);
        nuint column = 0;
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            var gradient = WithDecay(TVector.Load(in g, index), weight, step.WeightDecay);
            var velocity = Decayed(TVector.Load(in b, index), gradient, step.Momentum, step.GradientShare);
            TVector.Store(velocity, ref b, index);
            TVector.Store(Moved(weight, step.IsNesterov ? TVector.MultiplyAdd(momentum, velocity, gradient) : velocity, TVector.Load(in move, column)), ref w, index);
            column = Next(column, moves.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void UpdateAdaGrad(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, ReadOnlySpan<float> moves, float epsilon, float weightDecay)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var s = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        var smallest = SmallestThatShows(epsilon);
        ref readonly var move = ref MemoryMarshal.GetReference(moves);
        nuint column = 0;
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var weight = TVector.Load(in w, index);
            var gradient = WithDecay(TVector.Load(in g, index), weight, weightDecay);
            var square = TVector.MultiplyAdd(gradient, gradient, TVector.Load(in s, index));
            TVector.Store(square, ref s, index);
            TVector.Store(Moved(weight, Normalized(gradient, square, epsilon, smallest), TVector.Load(in move, column)), ref w, index);
            column = Next(column, moves.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void UpdateRmsProp(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> means, Span<float> velocities, ReadOnlySpan<float> moves, in RmsPropStep step)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var s = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        ref var a = ref MemoryMarshal.GetReference(OfLengthOrEmpty(means, weights.Length));
        ref var b = ref MemoryMarshal.GetReference(OfLengthOrEmpty(velocities, weights.Length));
        var smallest = SmallestThatShows(step.Epsilon);
        ref readonly var move = ref MemoryMarshal.GetReference(moves);
        nuint column = 0;
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

            var direction = Normalized(gradient, square, step.Epsilon, smallest);
            if (!velocities.IsEmpty)
            {
                direction = TVector.MultiplyAdd(TVector.Broadcast(step.Momentum), TVector.Load(in b, index), direction);
                TVector.Store(direction, ref b, index);
            }

            TVector.Store(Moved(weight, direction, TVector.Load(in move, column)), ref w, index);
            column = Next(column, moves.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void UpdateAdam(
        Span<float> weights,
        ReadOnlySpan<float> gradients,
        Span<float> means,
        Span<float> squares,
        Span<float> maxima,
        ReadOnlySpan<float> moves,
        ReadOnlySpan<float> shrinkages,
        in AdamStep step)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var m = ref MemoryMarshal.GetReference(means[..weights.Length]);
        ref var v = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        ref var largest = ref MemoryMarshal.GetReference(OfLengthOrEmpty(maxima, weights.Length));
        var root = TVector.Broadcast(step.RootOfCorrection);
        var epsilon = TVector.Broadcast(step.Epsilon);
        var smallest = SmallestThatShows(step.Epsilon * step.RootOfCorrection);
        ref readonly var shrink = ref MemoryMarshal.GetReference(shrinkages);
        ref readonly var move = ref MemoryMarshal.GetReference(moves);
        nuint column = 0;
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

            var denominator = TVector.Add(TVector.Divide(TVector.SquareRoot(Shown(square, smallest)), root), epsilon);
            if (!shrinkages.IsEmpty)
            {
                // w − share·w, rounded once: 1 − share, rounded first, would err the same way in every step.
                weight = TVector.MultiplyAdd(TVector.Load(in shrink, column), weight, weight);
            }

            TVector.Store(Moved(weight, TVector.Divide(Shown(mean, smallest), denominator), TVector.Load(in move, column)), ref w, index);
            column = Next(column, moves.Length);
        }
    }

    private static Span<float> OfLengthOrEmpty(Span<float> values, int length) => values.IsEmpty ? values : values[..length];

    // g + λ·w; without decay the bits of g.
    private static TVector WithDecay(TVector gradient, TVector weight, float weightDecay) =>
        weightDecay == 0 ? gradient : TVector.MultiplyAdd(TVector.Broadcast(weightDecay), weight, gradient);

    private static TVector Decayed(TVector average, TVector value, float decay, float share) =>
        TVector.MultiplyAdd(TVector.Broadcast(decay), average, TVector.Multiply(TVector.Broadcast(share), value));

    private static TVector Moved(TVector weight, TVector direction, TVector move) => TVector.MultiplyAdd(move, direction, weight);

    private static nuint Next(nuint column, int columns)
    {
        column += (nuint)TVector.Width;
        return column == (nuint)columns ? 0 : column;
    }

    private static TVector Normalized(TVector gradient, TVector square, float epsilon, TVector smallest) =>
        TVector.Divide(Shown(gradient, smallest), TVector.Add(TVector.SquareRoot(Shown(square, smallest)), TVector.Broadcast(epsilon)));

    // Roots and quotients of denormal numbers, as averages that fade become, take processors four times as long. Where ε is far above their roots (2⁻⁶³) they count as 0;
    // where it is not, nothing does (docs/adr/0008).
    private static TVector SmallestThatShows(float epsilon) => TVector.Broadcast(epsilon > 4e-12f ? SmallestNormal : 0);

    // 0 for a number nearer to 0 than the smallest that shows; a NaN stays.
    private static TVector Shown(TVector value, TVector smallest) =>
        TVector.SelectGreater(smallest, value, TVector.SelectGreater(value, TVector.Subtract(Zero, smallest), Zero, value), value);

    // Rounding can make the variance of a gradient that hardly changes negative, and its root NaN: it counts as 0 then (docs/adr/0008).
    private static TVector Variance(TVector square, TVector mean)
    {
        var variance = TVector.MultiplyAdd(TVector.Subtract(Zero, mean), mean, square);
        return TVector.SelectGreater(Zero, variance, Zero, variance);
    }
}
