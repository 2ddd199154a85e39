using System.Buffers;

namespace CloudSweep.Worker.Data.Text;

/// <summary>A stream's bytes in one reused buffer that grows with what is left unread. A byte order mark is passed over. Owns the stream.</summary>
internal sealed class TextBuffer(Stream stream) : IDisposable
{
    /// <summary>Bytes behind the text that may be read, and mean nothing.</summary>
    public const int Padding = 64;

    private bool _begun;

    public byte[] Bytes { get; private set; } = ArrayPool<byte>.Shared.Rent(128 * 1024);

    /// <summary>First unread byte.</summary>
    public int Start { get; set; }

    /// <summary>Behind the last byte.</summary>
    public int End { get; private set; }

    /// <summary>Whether nothing follows.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Reads more, moving the unread bytes; false = all is read and the stream has ended.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (HasEnded)
        {
            return false;
        }

        MakeRoom();
        do
        {
            var read = await stream.ReadAsync(Bytes.AsMemory(End..^Padding), cancellationToken);
            End += read;
            HasEnded = read == 0;
        }
        while (!_begun && !HasEnded && End < 3);

        if (!_begun)
        {
            _begun = true;
            Start = Bytes.AsSpan(0, End).StartsWith("\uFEFF"u8) ? 3 : 0;
        }

        return Start < End || !HasEnded;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(Bytes);
        Bytes = [];
        Start = End = 0;
        stream.Dispose();
    }

    private void MakeRoom()
    {
        var unread = Bytes.AsSpan(Start, End - Start);
        if (unread.Length > Bytes.Length / 2)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Bytes.Length * 2);
            unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(Bytes);
            Bytes = larger;
        }
        else
        {
            unread.CopyTo(Bytes);
        }

        (Start, End) = (0, unread.Length);
    }
}
