using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>
/// The validation rows that rungs inside an epoch are measured on: all of them where there are few, else one of each of 4,096 equal stretches, chosen by
/// hash. The same rows at every rung of every trial, so that its noise is shared by those it compares.
/// </summary>
/// <param name="validationRows">All validation rows.</param>
internal readonly struct RungRows(long validationRows)
{
    public const long Most = 4096;

    /// <summary>How many there are.</summary>
    public long Count => Math.Min(Most, validationRows);

    /// <summary>Whether a row, by its place among all validation rows in their order, is one of them.</summary>
    public bool Contains(long row)
    {
        if (validationRows <= Most)
        {
            return true;
        }

        var stretch = (long)((UInt128)row * (ulong)Most / (ulong)validationRows);
        var first = FirstOf(stretch);
        var next = FirstOf(stretch + 1);
        return row == first + (long)(KeyedRandom.Bits(0, RandomPurpose.RungRows, 0, stretch) % (ulong)(next - first));
    }

    /// <summary>The first row whose stretch is this one.</summary>
    private long FirstOf(long stretch) => (long)((((UInt128)stretch * (ulong)validationRows) + (ulong)Most - 1) / (ulong)Most);
}
