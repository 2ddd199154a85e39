using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// Losses of sixteen rows of a lane, or of sixteen lanes at a row, at once: a vector holds the same output of all, and the arithmetic of each is that of one row alone.
/// </summary>
internal sealed partial class KernelSet<TVector>
{
    private const int Partials = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void CrossEntropyOfBlock(Span<float> outputs, ReadOnlySpan<int> labels, float inverseRows, Span<double> losses)
    {
        var rows = labels.Length;
        ThrowUnlessBlocks(rows, losses.Length);
        Span<float> maxima = stackalloc float[rows];
        Span<float> divisors = stackalloc float[rows];
        Span<float> ofLabels = stackalloc float[rows];
        Span<double> sums = stackalloc double[rows];
        sums.Clear();
        ref var column = ref MemoryMarshal.GetReference(outputs);
        var length = (nuint)outputs.Length;
        for (nuint part = 0; part < (nuint)rows; part += (nuint)TVector.Width)
        {
            var max = TVector.Load(in column, part);
            for (var at = part + (nuint)rows; at < length; at += (nuint)rows)
            {
                var logit = TVector.Load(in column, at);
                max = TVector.SelectGreater(logit, max, logit, max);
            }

            TVector.Store(max, ref MemoryMarshal.GetReference(maxima), part);
        }

        for (var row = 0; row < rows; row++)
        {
            losses[row] = maxima[row] - (double)outputs[(labels[row] * rows) + row];
        }

        for (nuint part = 0; part < (nuint)rows; part += (nuint)TVector.Width)
        {
            var max = TVector.Load(in MemoryMarshal.GetReference(maxima), part);
            for (var at = part; at < length; at += (nuint)rows)
            {
                var exponential = ElementaryFunctions.Exp(TVector.Subtract(TVector.Load(in column, at), max));
                TVector.Store(exponential, ref column, at);
                TVector.AddWidened(exponential, ref MemoryMarshal.GetReference(sums), part);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            divisors[row] = (float)sums[row];
            ofLabels[row] = ((outputs[(labels[row] * rows) + row] / divisors[row]) - 1f) * inverseRows;
        }

        var inverse = TVector.Broadcast(inverseRows);
        for (nuint part = 0; part < (nuint)rows; part += (nuint)TVector.Width)
        {
            var divisor = TVector.Load(in MemoryMarshal.GetReference(divisors), part);
            for (var at = part; at < length; at += (nuint)rows)
            {
                TVector.Store(TVector.Multiply(TVector.Divide(TVector.Load(in column, at), divisor), inverse), ref column, at);
            }
        }

        ElementaryFunctions.Log(sums);
        for (var row = 0; row < rows; row++)
        {
            outputs[(labels[row] * rows) + row] = ofLabels[row];
            losses[row] = sums[row] + losses[row];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void BinaryCrossEntropyOfBlock(Span<float> outputs, ReadOnlySpan<int> labels, float inverseRows, Span<double> losses)
    {
        var rows = labels.Length;
        ThrowUnlessBlocks(rows, losses.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outputs.Length, rows);
        Span<float> signs = stackalloc float[rows];
        Span<float> exponentials = stackalloc float[rows];
        Span<float> wrongs = stackalloc float[rows];
        for (var row = 0; row < rows; row++)
        {
            signs[row] = labels[row] == 0 ? 1 : -1;
        }

        ref var output = ref MemoryMarshal.GetReference(outputs);
        var (one, inverse) = (TVector.Broadcast(1), TVector.Broadcast(inverseRows));
        for (nuint part = 0; part < (nuint)rows; part += (nuint)TVector.Width)
        {
            var logit = TVector.Load(in output, part);
            var sign = TVector.Load(in MemoryMarshal.GetReference(signs), part);
            var magnitude = TVector.SelectGreater(Zero, logit, TVector.Subtract(Zero, logit), logit);
            var exponential = ElementaryFunctions.Exp(TVector.Subtract(Zero, magnitude));
            var wrong = TVector.Multiply(sign, logit);
            var probability = TVector.Divide(TVector.SelectGreater(wrong, Zero, one, exponential), TVector.Add(one, exponential));
            TVector.Store(TVector.Multiply(TVector.Multiply(sign, probability), inverse), ref output, part);
            TVector.Store(exponential, ref MemoryMarshal.GetReference(exponentials), part);
            TVector.Store(TVector.SelectGreater(wrong, Zero, wrong, Zero), ref MemoryMarshal.GetReference(wrongs), part);
        }

        ref var loss = ref MemoryMarshal.GetReference(losses);
        Widen(exponentials, losses);
        ElementaryFunctions.LogOnePlus(losses);
        for (nuint part = 0; part < (nuint)rows; part += (nuint)TVector.Width)
        {
            TVector.AddWidened(TVector.Load(in MemoryMarshal.GetReference(wrongs), part), ref loss, part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SquaredErrorOfBlock(Span<float> outputs, ReadOnlySpan<float> targets, float inverseRows, Span<double> losses)
    {
        ThrowUnlessBlocks(outputs.Length, losses.Length);
        ref var output = ref MemoryMarshal.GetReference(outputs);
        ref readonly var target = ref MemoryMarshal.GetReference(targets[..outputs.Length]);
        ref var loss = ref MemoryMarshal.GetReference(losses);
        for (nuint row = 0; row < (nuint)outputs.Length; row += BlockSize)
        {
            var (lower, upper) = Vector512.Widen(Vector512.LoadUnsafe(in output, row));
            var (lowerTarget, upperTarget) = Vector512.Widen(Vector512.LoadUnsafe(in target, row));
            (lower, upper) = (lower - lowerTarget, upper - upperTarget);
            (Vector512.Narrow(lower + lower, upper + upper) * inverseRows).StoreUnsafe(ref output, row);
            (lower * lower).StoreUnsafe(ref loss, row);
            (upper * upper).StoreUnsafe(ref loss, row + (nuint)Vector512<double>.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void SquaredErrorOfLanes(Span<float> outputs, ReadOnlySpan<float> targets, float inverseRows, Span<double> sums)
    {
        var (lanes, width) = ((nuint)(outputs.Length / targets.Length), (nuint)Vector512<double>.Count);
        ThrowUnlessBlocks((int)lanes, sums.Length / Partials);
        ref var output = ref MemoryMarshal.GetReference(outputs);
        for (var row = 0; row < targets.Length; row++)
        {
            ref var sum = ref MemoryMarshal.GetReference(sums[(row % Partials * (int)lanes)..]);
            var target = Vector512.Create((double)targets[row]);
            for (nuint lane = 0; lane < lanes; lane += BlockSize)
            {
                var (lower, upper) = Vector512.Widen(Vector512.LoadUnsafe(in output, lane));
                (lower, upper) = (lower - target, upper - target);
                (Vector512.Narrow(lower + lower, upper + upper) * inverseRows).StoreUnsafe(ref output, lane);
                (Vector512.LoadUnsafe(in sum, lane) + (lower * lower)).StoreUnsafe(ref sum, lane);
                (Vector512.LoadUnsafe(in sum, lane + width) + (upper * upper)).StoreUnsafe(ref sum, lane + width);
            }

            output = ref Unsafe.Add(ref output, lanes);
        }
    }

    private static void Widen(ReadOnlySpan<float> values, Span<double> widened)
    {
        for (var row = 0; row < values.Length; row += BlockSize)
        {
            var (lower, upper) = Vector512.Widen(Vector512.Create(values[row..]));
            lower.CopyTo(widened[row..]);
            upper.CopyTo(widened[(row + Vector512<double>.Count)..]);
        }
    }

    private static void ThrowUnlessBlocks(int rows, int losses)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows % BlockSize, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(losses, rows);
    }
}
