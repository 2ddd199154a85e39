using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>The connection to a Coordinator at <c>unix:/path.sock</c>, <c>http://host:port</c> or <c>https://host:port</c>.</summary>
internal sealed class CoordinatorChannel(IOptions<WorkerOptions> options) : IDisposable
{
    public const string UnixScheme = "unix:";

    // A grant carries the spec, the shard table and the merged profile of a wide data set.
    private const int MaxReceiveBytes = 64 << 20;

    private readonly GrpcChannel _channel = Open(options.Value.Coordinator);

    public CallInvoker CreateInvoker() => _channel.CreateCallInvoker();

    public void Dispose() => _channel.Dispose();

    private static GrpcChannel Open(string coordinator)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        };
        var isUnix = coordinator.StartsWith(UnixScheme, StringComparison.Ordinal);
        if (isUnix)
        {
            var endPoint = new UnixDomainSocketEndPoint(coordinator[UnixScheme.Length..]);
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(endPoint, cancellationToken);
        }

        // The host name of a Unix socket is never resolved.
        var address = isUnix ? "http://localhost" : coordinator;
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = MaxReceiveBytes });
    }

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
