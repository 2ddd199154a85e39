using System.Net.Security;
using System.Net.Sockets;
using CloudSweep.GoogleCloud.Credentials;
using Grpc.Net.Client;

namespace CloudSweep.Worker.Connection;

/// <summary>Connects to a Coordinator: a Unix socket, loopback, or TLS.</summary>
public static class CoordinatorConnection
{
    // A grant carries the spec, the shard table and the merged profile of a wide data set.
    private const int MaxMessageBytes = 64 << 20;

    // A connection that carries nothing any more, because an address or a path has changed, is given up after 20 s: with renewals every third of it,
    // a lease of a minute outlives that.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Opens a channel; nothing is connected before its first call. The caller disposes it.</summary>
    /// <param name="options">Obeys <see cref="ConnectionRules"/>.</param>
    /// <param name="identity">Needed when <see cref="ConnectionOptions.OidcAudience"/> is given.</param>
    /// <exception cref="ArgumentException">The address is none that a token may be sent to.</exception>
    public static GrpcChannel Open(ConnectionOptions options, IIdentityTokens? identity = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!ConnectionRules.IsAddress(options.Coordinator))
        {
            throw new ArgumentException($"'{options.Coordinator}' is not unix:/absolute/path, http:// to this machine or https://host:port.", nameof(options));
        }

        var tokens = new BearerTokens(options, identity);
        HttpMessageHandler transport = Transport(options);
        return GrpcChannel.ForAddress(UrlOf(options.Coordinator), new GrpcChannelOptions
        {
            HttpHandler = tokens.Exist ? new BearerTokenHandler(tokens, transport) : transport,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxMessageBytes,
            MaxSendMessageSize = MaxMessageBytes,
        });
    }

    // The host name of a Unix socket is never resolved.
    private static string UrlOf(string coordinator) => IsUnix(coordinator) ? "http://localhost" : coordinator;

    private static bool IsUnix(string coordinator) => coordinator.StartsWith(ConnectionRules.UnixScheme, StringComparison.Ordinal);

    private static SocketsHttpHandler Transport(ConnectionOptions options)
    {
        var transport = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,

            // A token goes where its owner sent it and nowhere else.
            AllowAutoRedirect = false,
            UseProxy = ConnectionRules.IsTls(options.Coordinator),
        };
        if (IsUnix(options.Coordinator))
        {
            var endPoint = new UnixDomainSocketEndPoint(options.Coordinator[ConnectionRules.UnixScheme.Length..]);
            transport.ConnectCallback = (_, cancellationToken) => ConnectAsync(endPoint, cancellationToken);
        }

        if (options.CaFile.Length > 0)
        {
            transport.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustedCertificates.PolicyOf(options.CaFile) };
        }

        return transport;
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
