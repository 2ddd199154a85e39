using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Takes columns out of rows, eight at a time: as many as lie in one line of the processor's cache.</summary>
internal static class RowsToColumns
{
    public const int Group = 8;

    /// <param name="values">Rows × <paramref name="columns"/>, row-major.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="first">First column of the group.</param>
    /// <param name="target">Receives up to <see cref="Group"/> columns one after the other, as many as there are from the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ReadOnlySpan<double> values, int columns, int first, Span<double> target)
    {
        var rows = values.Length / columns;
        var count = Math.Min(Group, columns - first);
        if (count < Group)
        {
            for (var column = 0; column < count; column++)
            {
                for (var row = 0; row < rows; row++)
                {
                    target[(column * rows) + row] = values[(row * columns) + first + column];
                }
            }

            return;
        }

        // Checked once instead of sixteen times a row.
        ref var source = ref MemoryMarshal.GetReference(values[first..]);
        ref var result = ref MemoryMarshal.GetReference(target[..(Group * rows)]);
        for (var row = 0; row < rows; row++)
        {
            ref var from = ref Unsafe.Add(ref source, row * columns);
            ref var to = ref Unsafe.Add(ref result, row);
            Unsafe.Add(ref to, 0) = Unsafe.Add(ref from, 0);
            Unsafe.Add(ref to, rows) = Unsafe.Add(ref from, 1);
            Unsafe.Add(ref to, 2 * rows) = Unsafe.Add(ref from, 2);
            Unsafe.Add(ref to, 3 * rows) = Unsafe.Add(ref from, 3);
            Unsafe.Add(ref to, 4 * rows) = Unsafe.Add(ref from, 4);
            Unsafe.Add(ref to, 5 * rows) = Unsafe.Add(ref from, 5);
            Unsafe.Add(ref to, 6 * rows) = Unsafe.Add(ref from, 6);
            Unsafe.Add(ref to, 7 * rows) = Unsafe.Add(ref from, 7);
        }
    }
}
