using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Optimizer steps, one pass over the parameters each.</summary>
internal sealed partial class KernelSet<TVector>
{
    public override void UpdateSgd(Span<float> weights, ReadOnlySpan<float> gradients, float rate)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        var negativeRate = TVector.Broadcast(-rate);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            TVector.Store(TVector.MultiplyAdd(negativeRate, TVector.Load(in g, index), TVector.Load(in w, index)), ref w, index);
        }
    }

    public override void UpdateAdaGrad(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, float rate, float epsilon)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var s = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var gradient = TVector.Load(in g, index);
            var square = TVector.MultiplyAdd(gradient, gradient, TVector.Load(in s, index));
            TVector.Store(square, ref s, index);
            TVector.Store(Stepped(TVector.Load(in w, index), gradient, square, rate, epsilon), ref w, index);
        }
    }

    public override void UpdateRmsProp(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, float rate, float alpha, float oneMinusAlpha, float epsilon)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var s = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var gradient = TVector.Load(in g, index);
            var square = Decayed(TVector.Load(in s, index), TVector.Multiply(gradient, gradient), alpha, oneMinusAlpha);
            TVector.Store(square, ref s, index);
            TVector.Store(Stepped(TVector.Load(in w, index), gradient, square, rate, epsilon), ref w, index);
        }
    }

    public override void UpdateAdam(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> means, Span<float> squares, in AdamStep step)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref readonly var g = ref MemoryMarshal.GetReference(gradients[..weights.Length]);
        ref var m = ref MemoryMarshal.GetReference(means[..weights.Length]);
        ref var v = ref MemoryMarshal.GetReference(squares[..weights.Length]);
        var negativeStep = TVector.Broadcast(-step.StepSize);
        var root = TVector.Broadcast(step.RootOfCorrection);
        var epsilon = TVector.Broadcast(step.Epsilon);
        for (nuint index = 0; index < (nuint)weights.Length; index += (nuint)TVector.Width)
        {
            var gradient = TVector.Load(in g, index);
            var mean = Decayed(TVector.Load(in m, index), gradient, step.Beta1, step.OneMinusBeta1);
            var square = Decayed(TVector.Load(in v, index), TVector.Multiply(gradient, gradient), step.Beta2, step.OneMinusBeta2);
            var denominator = TVector.Add(TVector.Divide(TVector.SquareRoot(square), root), epsilon);
            TVector.Store(mean, ref m, index);
            TVector.Store(square, ref v, index);
            TVector.Store(TVector.MultiplyAdd(negativeStep, TVector.Divide(mean, denominator), TVector.Load(in w, index)), ref w, index);
        }
    }

    private static TVector Decayed(TVector average, TVector value, float decay, float weight) =>
        TVector.MultiplyAdd(TVector.Broadcast(decay), average, TVector.Multiply(TVector.Broadcast(weight), value));

    private static TVector Stepped(TVector weight, TVector gradient, TVector square, float rate, float epsilon)
    {
        var denominator = TVector.Add(TVector.SquareRoot(square), TVector.Broadcast(epsilon));
        return TVector.MultiplyAdd(TVector.Broadcast(-rate), TVector.Divide(gradient, denominator), weight);
    }
}
