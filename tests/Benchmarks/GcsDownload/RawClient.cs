using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CloudSweep.Benchmarks.GcsDownload;

/// <summary>Takes the files from the raw server over some connections, and does nothing with the bytes.</summary>
internal static class RawClient
{
    private const int PieceBytes = 1 << 18;

    /// <returns>How many bytes came.</returns>
    public static async Task<long> ReadAsync(string address, IEnumerable<RawRange> ranges, int connections, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<RawRange>(ranges);
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => TakeAsync(address, queue, cancellationToken), cancellationToken)));
        return counts.Sum();
    }

    private static async Task<long> TakeAsync(string address, ConcurrentQueue<RawRange> queue, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(address), cancellationToken);
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        var buffer = new byte[PieceBytes];
        var total = 0L;
        while (queue.TryDequeue(out var range))
        {
            await stream.WriteAsync(range.ToBytes(), cancellationToken);
            for (var rest = range.Length; rest > 0;)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(PieceBytes, rest)), cancellationToken);
                rest -= count > 0 ? count : throw new EndOfStreamException($"{range.Path} ended {rest} bytes too early.");
            }

            total += range.Length;
        }

        return total;
    }
}
