using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>The text that was inflated last: 32 KiB that matches may go back to, and what nobody has taken yet.</summary>
internal sealed class TextWindow
{
    public const int HistoryBytes = 32 * 1024;

    /// <summary>Free behind <see cref="Limit"/>: three literals, the longest match (258), and what is written beyond the end of one in whole vectors.</summary>
    public const int SpareBytes = 320;

    private readonly byte[] _bytes = new byte[(4 * HistoryBytes) + SpareBytes];
    private int _taken;

    public Span<byte> Bytes => _bytes;

    /// <summary>While no more than this is written, one more step has room.</summary>
    public int Limit => _bytes.Length - SpareBytes;

    /// <summary>The end of the text.</summary>
    public int Written { get; set; }

    /// <summary>Where the text begins that matches may go back to.</summary>
    public int Start { get; private set; }

    public int Untaken => Written - _taken;

    /// <summary>From here on nothing goes back to what was before.</summary>
    public void BeginMember() => Start = Written;

    public int Take(Span<byte> target)
    {
        var count = Math.Min(target.Length, Untaken);
        _bytes.AsSpan(_taken, count).CopyTo(target);
        _taken += count;
        return count;
    }

    /// <summary>Makes room, if there is little, by forgetting what no match may go back to. All text must have been taken.</summary>
    public void Slide()
    {
        if (Written < 3 * HistoryBytes)
        {
            return;
        }

        var kept = Math.Min(HistoryBytes, Written - Start);
        _bytes.AsSpan(Written - kept, kept).CopyTo(_bytes);
        (Start, _taken, Written) = (0, kept, kept);
    }

    /// <summary>Repeats what is <paramref name="distance"/> back. May write up to 15 bytes more than asked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Repeat(Span<byte> bytes, int target, int distance, int length)
    {
        if (distance >= Vector128<byte>.Count)
        {
            var end = target + length;
            do
            {
                Vector128.Create<byte>(bytes[(target - distance)..]).CopyTo(bytes[target..]);
                target += Vector128<byte>.Count;
            }
            while (target < end);
        }
        else
        {
            RepeatNear(bytes, target, distance, length);
        }
    }

    /// <summary>What is repeated is written here: it overlaps.</summary>
    private static void RepeatNear(Span<byte> bytes, int target, int distance, int length)
    {
        for (var end = target + length; target < end; target++)
        {
            bytes[target] = bytes[target - distance];
        }
    }
}
