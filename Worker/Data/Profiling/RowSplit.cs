using System.IO.Hashing;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>Which rows of a shard are held out: a pure function of (split seed, shard key, row), and of nothing else.</summary>
internal sealed class RowSplit(DataSpec data, Shard shard)
{
    // Part of the numerics: XxHash3 of the key's UTF-8 bytes takes the place of the epoch in the random key.
    private readonly long _shard = unchecked((long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(shard.Key)));

    /// <summary>A random number of the row; rows with the smallest ones are a uniform sample.</summary>
    /// <param name="row">Row of the shard, from 0.</param>
    public ulong SamplePriority(long row) => KeyedRandom.Bits(data.Validation.Seed, RandomPurpose.LabelSample, _shard, row);

    /// <param name="row">Row of the shard, from 0, header and blank lines not counted.</param>
    /// <returns>Whether it is not trained on: all rows of shards in other roles, no row where validation has files of its own.</returns>
    public bool IsHeldOut(long row) => shard.Role switch
    {
        ShardRole.Train => data.ValidationFiles is null && KeyedRandom.UnitInterval(data.Validation.Seed, RandomPurpose.Split, _shard, row) < data.Validation.Fraction,
        _ => true,
    };

    /// <summary><see cref="IsHeldOut"/> of rows one after the other.</summary>
    /// <param name="firstRow">The first of them.</param>
    /// <param name="isHeldOut">Gets one for each row.</param>
    public void Fill(long firstRow, Span<bool> isHeldOut)
    {
        if (shard.Role != ShardRole.Train || data.ValidationFiles is not null)
        {
            isHeldOut.Fill(shard.Role != ShardRole.Train);
            return;
        }

        Span<ulong> bits = stackalloc ulong[256];
        for (var first = 0; first < isHeldOut.Length; first += bits.Length)
        {
            var part = isHeldOut[first..Math.Min(isHeldOut.Length, first + bits.Length)];
            KeyedRandom.FillBits(data.Validation.Seed, RandomPurpose.Split, _shard, firstRow + first, bits[..part.Length]);
            for (var i = 0; i < part.Length; i++)
            {
                part[i] = KeyedRandom.UnitInterval(bits[i]) < data.Validation.Fraction;
            }
        }
    }
}
