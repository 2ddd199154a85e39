using Grpc.Net.Client;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>The connection to Pub/Sub or its emulator.</summary>
internal static class PubSubChannel
{
    // A request may hold 10 MB; gRPC's own limit is 4 MiB.
    private const int MaxMessageBytes = 20 << 20;

    // gRPC's own two minutes would outlast the retries of a call many times over.
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestReconnect = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    public static GrpcChannel Open(PubSubTarget target) => GrpcChannel.ForAddress(target.Address, new GrpcChannelOptions
    {
        HttpHandler = CreateHandler(target.IsEmulator),
        DisposeHttpClient = true,
        MaxReceiveMessageSize = MaxMessageBytes,
        InitialReconnectBackoff = FirstReconnect,
        MaxReconnectBackoff = LongestReconnect,
    });

    private static SocketsHttpHandler CreateHandler(bool isEmulator)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, EnableMultipleHttp2Connections = true };
        if (isEmulator)
        {
            // It is on this machine or beside it, and hangs up on clients that ping more than every 5 minutes.
            handler.UseProxy = false;
        }
        else
        {
            // A connection that died silently is noticed within a minute and a half instead of 16.
            handler.KeepAlivePingDelay = PingInterval;
            handler.KeepAlivePingTimeout = PingTimeout;
        }

        return handler;
    }
}
