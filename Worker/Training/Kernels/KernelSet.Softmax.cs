using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Softmax and cross-entropy of many rows at once: a vector holds the same class of neighbouring rows, and every row's arithmetic is that of one row alone.</summary>
internal sealed partial class KernelSet<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CrossEntropyOfRows(Span<float> columns, ReadOnlySpan<int> labels, float inverseRows, Span<double> losses)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, BlockRows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(losses.Length, BlockRows);
        Span<float> maxima = stackalloc float[BlockRows];
        Span<float> divisors = stackalloc float[BlockRows];
        Span<float> ofLabels = stackalloc float[BlockRows];
        Span<double> sums = stackalloc double[BlockRows];
        sums.Clear();
        ref var column = ref MemoryMarshal.GetReference(columns);
        var length = (nuint)columns.Length;
        for (nuint part = 0; part < BlockRows; part += (nuint)TVector.Width)
        {
            var max = TVector.Load(in column, part);
            for (var at = part + BlockRows; at < length; at += BlockRows)
            {
                var logit = TVector.Load(in column, at);
                max = TVector.SelectGreater(logit, max, logit, max);
            }

            TVector.Store(max, ref MemoryMarshal.GetReference(maxima), part);
        }

        for (var row = 0; row < BlockRows; row++)
        {
            losses[row] = maxima[row] - (double)columns[(labels[row] * BlockRows) + row];
        }

        for (nuint part = 0; part < BlockRows; part += (nuint)TVector.Width)
        {
            var max = TVector.Load(in MemoryMarshal.GetReference(maxima), part);
            for (var at = part; at < length; at += BlockRows)
            {
                var exponential = ElementaryFunctions.Exp(TVector.Subtract(TVector.Load(in column, at), max));
                TVector.Store(exponential, ref column, at);
                TVector.AddWidened(exponential, ref MemoryMarshal.GetReference(sums), part);
            }
        }

        for (var row = 0; row < BlockRows; row++)
        {
            divisors[row] = (float)sums[row];
            ofLabels[row] = ((columns[(labels[row] * BlockRows) + row] / divisors[row]) - 1f) * inverseRows;
        }

        var inverse = TVector.Broadcast(inverseRows);
        for (nuint part = 0; part < BlockRows; part += (nuint)TVector.Width)
        {
            var divisor = TVector.Load(in MemoryMarshal.GetReference(divisors), part);
            for (var at = part; at < length; at += BlockRows)
            {
                TVector.Store(TVector.Multiply(TVector.Divide(TVector.Load(in column, at), divisor), inverse), ref column, at);
            }
        }

        ElementaryFunctions.Log(sums);
        for (var row = 0; row < BlockRows; row++)
        {
            columns[(labels[row] * BlockRows) + row] = ofLabels[row];
            losses[row] = sums[row] + losses[row];
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
