using System.Net;
using System.Net.Sockets;

namespace CloudSweep.Benchmarks.GcsDownload;

/// <summary>Sends parts of files over plain sockets: what the machine can move between two processes without HTTP.</summary>
internal static class RawServer
{
    public const string CommandName = "serve-raw";

    private const int PieceBytes = 1 << 18;

    /// <summary>Serves until it is cancelled.</summary>
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        await output.WriteLineAsync($"listening on {listener.LocalEndPoint}");
        while (true)
        {
            var connection = await listener.AcceptAsync(cancellationToken);

            // The process ends with its client, so nobody needs to wait for a connection.
            _ = ServeAsync(connection, cancellationToken);
        }
    }

    private static async Task ServeAsync(Socket connection, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: true);
        var head = new byte[RawRange.HeadBytes];
        var buffer = new byte[PieceBytes];
        while (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length)
        {
            var path = new byte[RawRange.PathLengthOf(head)];
            await stream.ReadExactlyAsync(path, cancellationToken);
            var range = RawRange.From(head, path);
            using var file = File.OpenHandle(range.Path);
            for (var sent = 0L; sent < range.Length;)
            {
                var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(PieceBytes, range.Length - sent)), range.Offset + sent);
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                sent += count > 0 ? count : throw new EndOfStreamException($"{range.Path} ended {range.Length - sent} bytes too early.");
            }
        }
    }
}
