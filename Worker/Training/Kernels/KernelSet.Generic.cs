using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The one source of all kernel paths, generic in vector width. Small kernels here; products in the other part.</summary>
internal sealed partial class KernelSet<TVector> : KernelSet
    where TVector : struct, IVector<TVector>
{
    private static TVector Zero => TVector.Broadcast(0);

    public override void AddToRows(Span<float> values, ReadOnlySpan<float> bias)
    {
        for (var row = 0; row < values.Length; row += bias.Length)
        {
            ref var target = ref MemoryMarshal.GetReference(values.Slice(row, bias.Length));
            ref readonly var source = ref MemoryMarshal.GetReference(bias);
            for (nuint column = 0; column < (nuint)bias.Length; column += (nuint)TVector.Width)
            {
                TVector.Store(TVector.Add(TVector.Load(in target, column), TVector.Load(in source, column)), ref target, column);
            }
        }
    }

    public override void SumRows(ReadOnlySpan<float> values, Span<float> sums)
    {
        ref var target = ref MemoryMarshal.GetReference(sums);
        for (var row = 0; row < values.Length; row += sums.Length)
        {
            ref readonly var source = ref MemoryMarshal.GetReference(values.Slice(row, sums.Length));
            for (nuint column = 0; column < (nuint)sums.Length; column += (nuint)TVector.Width)
            {
                TVector.Store(TVector.Add(TVector.Load(in target, column), TVector.Load(in source, column)), ref target, column);
            }
        }
    }

    public override void Relu(Span<float> values)
    {
        ref var target = ref MemoryMarshal.GetReference(values);
        for (nuint index = 0; index < (nuint)values.Length; index += (nuint)TVector.Width)
        {
            var value = TVector.Load(in target, index);
            TVector.Store(TVector.SelectGreater(Zero, value, Zero, value), ref target, index);
        }
    }

    public override void ReluGradient(ReadOnlySpan<float> outputs, Span<float> gradients)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(outputs);
        ref var target = ref MemoryMarshal.GetReference(gradients[..outputs.Length]);
        for (nuint index = 0; index < (nuint)outputs.Length; index += (nuint)TVector.Width)
        {
            TVector.Store(TVector.SelectGreater(TVector.Load(in source, index), Zero, TVector.Load(in target, index), Zero), ref target, index);
        }
    }

    public override void Tanh(Span<float> values)
    {
        ref var target = ref MemoryMarshal.GetReference(values);
        for (nuint index = 0; index < (nuint)values.Length; index += (nuint)TVector.Width)
        {
            TVector.Store(ElementaryFunctions.Tanh(TVector.Load(in target, index)), ref target, index);
        }
    }

    public override void TanhGradient(ReadOnlySpan<float> outputs, Span<float> gradients)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(outputs);
        ref var target = ref MemoryMarshal.GetReference(gradients[..outputs.Length]);
        for (nuint index = 0; index < (nuint)outputs.Length; index += (nuint)TVector.Width)
        {
            var output = TVector.Load(in source, index);
            var slope = TVector.MultiplyAdd(TVector.Subtract(Zero, output), output, TVector.Broadcast(1));
            TVector.Store(TVector.Multiply(TVector.Load(in target, index), slope), ref target, index);
        }
    }

    public override void Gelu(Span<float> values)
    {
        ref var target = ref MemoryMarshal.GetReference(values);
        for (nuint index = 0; index < (nuint)values.Length; index += (nuint)TVector.Width)
        {
            TVector.Store(NormalDistribution.Gelu(TVector.Load(in target, index)), ref target, index);
        }
    }

    public override void GeluGradient(ReadOnlySpan<float> inputs, Span<float> gradients)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(inputs);
        ref var target = ref MemoryMarshal.GetReference(gradients[..inputs.Length]);
        for (nuint index = 0; index < (nuint)inputs.Length; index += (nuint)TVector.Width)
        {
            var slope = NormalDistribution.GeluSlope(TVector.Load(in source, index));
            TVector.Store(TVector.Multiply(TVector.Load(in target, index), slope), ref target, index);
        }
    }

    public override void ExpShifted(Span<float> values, float shift)
    {
        ref var target = ref MemoryMarshal.GetReference(values);
        var shifts = TVector.Broadcast(shift);
        for (nuint index = 0; index < (nuint)values.Length; index += (nuint)TVector.Width)
        {
            TVector.Store(ElementaryFunctions.Exp(TVector.Subtract(TVector.Load(in target, index), shifts)), ref target, index);
        }
    }

    public override void Scale(Span<float> values, float factor)
    {
        ref var target = ref MemoryMarshal.GetReference(values);
        var factors = TVector.Broadcast(factor);
        for (nuint index = 0; index < (nuint)values.Length; index += (nuint)TVector.Width)
        {
            TVector.Store(TVector.Multiply(TVector.Load(in target, index), factors), ref target, index);
        }
    }

    public override void AddSquares(ReadOnlySpan<float> values, Span<double> partials)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(values);
        ref var sums = ref MemoryMarshal.GetReference(partials[..Padding]);
        var whole = (nuint)(values.Length - (values.Length % Padding));
        for (nuint index = 0; index < whole; index += (nuint)TVector.Width)
        {
            TVector.AddSquares(TVector.Load(in source, index), ref sums, index % Padding);
        }

        foreach (var value in values[(int)whole..])
        {
            sums += (double)value * value;
            sums = ref Unsafe.Add(ref sums, 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool AllFinite(ReadOnlySpan<float> values)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(values);
        var products = Zero;
        for (nuint index = 0; index < (nuint)values.Length; index += (nuint)TVector.Width)
        {
            // 0 × x is NaN where x is NaN or infinite, and a NaN stays.
            products = TVector.MultiplyAdd(Zero, TVector.Load(in source, index), products);
        }

        Span<float> last = stackalloc float[Padding];
        last.Clear();
        TVector.Store(products, ref MemoryMarshal.GetReference(last), 0);
        return !last.ContainsAnyExcept(0f);
    }
}
