using CloudSweep.Core.Planning.Packing;

namespace CloudSweep.Worker.Training;

/// <summary>How many rows lanes train on before the next lane takes their thread. No number of them changes a bit.</summary>
internal static class TurnSize
{
    private const int MaxBatches = 64;

    /// <summary>
    /// A multiple of every batch size where that fits, so that no lane has a batch open at a turn's end; else of the largest that fits.
    /// Longer batches, and those that do not divide it, stay open across turns.
    /// </summary>
    public static int Rows(int featureCount, long trainRows, IEnumerable<long> batchSizes)
    {
        var fitting = (int)JobMemory.TurnRows(featureCount, trainRows);
        var unit = 1L;
        foreach (var batchSize in batchSizes.Where(size => size <= fitting).Distinct().OrderDescending())
        {
            var multiple = LeastCommonMultiple(unit, batchSize);
            unit = multiple <= fitting ? multiple : unit;
        }

        return unit == 1 && batchSizes.All(size => size > fitting) ? fitting : (int)(unit * Math.Min(fitting / unit, MaxBatches));
    }

    private static long LeastCommonMultiple(long left, long right)
    {
        var (divisor, rest) = (left, right);
        while (rest > 0)
        {
            (divisor, rest) = (rest, divisor % rest);
        }

        return left / divisor * right;
    }
}
