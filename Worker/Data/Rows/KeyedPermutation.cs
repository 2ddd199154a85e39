using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Fisher and Yates' shuffle with keyed random numbers.</summary>
internal static class KeyedPermutation
{
    /// <summary>Fills the target with a permutation of 0 … length − 1; draw i has the index <paramref name="firstIndex"/> + i.</summary>
    public static void Fill(Span<int> target, long seed, RandomPurpose purpose, long epoch, long firstIndex)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = i;
        }

        Span<ulong> bits = stackalloc ulong[256];
        for (var end = target.Length; end > 1; end -= bits.Length)
        {
            var first = Math.Max(0, end - bits.Length);
            KeyedRandom.FillBits(seed, purpose, epoch, firstIndex + first, bits[..(end - first)]);
            for (var i = end - 1; i >= Math.Max(1, first); i--)
            {
                // The high half of the product maps 64 bits to 0 … i with a bias below i / 2⁶⁴.
                var other = (int)Math.BigMul(bits[i - first], (ulong)i + 1, out _);
                (target[i], target[other]) = (target[other], target[i]);
            }
        }
    }
}
