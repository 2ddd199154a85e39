using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The one source of all kernel paths, generic in vector width. Small kernels here; products in the other part.</summary>
internal sealed partial class KernelSet<TVector> : KernelSet
    where TVector : struct, IVector<TVector>
{
    private static TVector Zero => TVector.Broadcast(0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddToRows(Span<float> values, ReadOnlySpan<float> bias)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(bias);
        for (var row = 0; row < values.Length; row += bias.Length)
        {
            ref var target = ref MemoryMarshal.GetReference(values.Slice(row, bias.Length));
            for (nuint column = 0; column < (nuint)bias.Length; column += (nuint)TVector.Width)
            {
                TVector.Store(TVector.Add(TVector.Load(in target, column), TVector.Load(in source, column)), ref target, column);
            }
        }
    }

    // Column by column, so that a sum stays in a register; four at a time, so that none waits for itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SumRows(ReadOnlySpan<float> values, Span<float> sums)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(sums);
        var (width, stride, length) = ((nuint)TVector.Width, (nuint)sums.Length, (nuint)(values.Length / sums.Length * sums.Length));
        nuint column = 0;
        for (; column + (4 * width) <= stride; column += 4 * width)
        {
            var (sum0, sum1) = (TVector.Load(in target, column), TVector.Load(in target, column + width));
            var (sum2, sum3) = (TVector.Load(in target, column + (2 * width)), TVector.Load(in target, column + (3 * width)));
            for (var at = column; at < length; at += stride)
            {
                sum0 = TVector.Add(sum0, TVector.Load(in source, at));
                sum1 = TVector.Add(sum1, TVector.Load(in source, at + width));
                sum2 = TVector.Add(sum2, TVector.Load(in source, at + (2 * width)));
                sum3 = TVector.Add(sum3, TVector.Load(in source, at + (3 * width)));
            }

            TVector.Store(sum0, ref target, column);
            TVector.Store(sum1, ref target, column + width);
            TVector.Store(sum2, ref target, column + (2 * width));
            TVector.Store(sum3, ref target, column + (3 * width));
        }

        for (; column < stride; column += width)
        {
            var sum = TVector.Load(in target, column);
            for (var at = column; at < length; at += stride)
            {
                sum = TVector.Add(sum, TVector.Load(in source, at));
            }

            TVector.Store(sum, ref target, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Transpose(ReadOnlySpan<float> source, int stride, Span<float> target, int targetStride)
    {
        var (rows, columns) = (targetStride, stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows % Padding, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns % Padding, 0);
        _ = source[(rows * columns) - 1];
        _ = target[(rows * columns) - 1];
        ref readonly var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        for (var row = 0; row < rows; row += TVector.Width)
        {
            for (var column = 0; column < columns; column += TVector.Width)
            {
                TVector.Transpose(in Unsafe.Add(ref Unsafe.AsRef(in from), (row * stride) + column), (nuint)stride, ref Unsafe.Add(ref to, (column * targetStride) + row), (nuint)targetStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Relu(Span<float> values)
    {
        ref var target = ref MemoryMarshal.GetReference(values);
        for (nuint index = 0; index < (nuint)values.Length; index += (nuint)TVector.Width)
        {
            var value = TVector.Load(in target, index);
            TVector.Store(TVector.SelectGreater(Zero, value, Zero, value), ref target, index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
