using System.Net.Sockets;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Security;

internal static class ListenerRegistration
{
    // gRPC puts 5 bytes before a message.
    private const int FrameBytes = 5;

    // A token has some kilobytes at most.
    private const int MaxHeaderBytes = 16 << 10;

    // Watches stay open, one for a terminal; a Worker has as many calls as slots.
    private const int MaxStreamsPerConnection = 100;

    /// <summary>Makes the server listen where <c>Listen</c>, <c>Health:Listen</c> and <c>Scaler:Listen</c> say, and nowhere else.</summary>
    public static IServiceCollection AddListeners(this IServiceCollection services)
    {
        services.AddSingleton<ListenerHandshakes>();
        services.AddSingleton<IReloaded>(provider => provider.GetRequiredService<ListenerHandshakes>());
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ServerOptions>, IOptions<ScalerOptions>, ListenerHandshakes>((kestrel, server, scaler, handshakes) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = CoordinatorRegistration.MaxMessageBytes + FrameBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
            foreach (var (setting, scope) in ((string, ListenerScope)[])
                [(server.Value.Listen, ListenerScope.Main), (server.Value.Health.Listen, ListenerScope.Health), (scaler.Value.Listen, ListenerScope.Scaler)])
            {
                if (ListenAddress.Parse(setting) is { } address)
                {
                    kestrel.Listen(address, scope, handshakes);
                }
            }
        });
        return services;
    }

    /// <summary>Keeps a Unix socket to its owner: mode 0600.</summary>
    public static WebApplication ProtectSocket(this WebApplication app)
    {
        if (ListenAddress.Parse(app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Listen) is ListenAddress.UnixSocket(var path))
        {
            app.Lifetime.ApplicationStarted.Register(() => Protect(path));
        }

        return app;
    }

    private static void Listen(this KestrelServerOptions kestrel, ListenAddress address, ListenerScope scope, ListenerHandshakes handshakes)
    {
        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http2;
            if (address.IsTls)
            {
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = handshake => ValueTask.FromResult(handshakes.Begin(scope, handshake.Connection.RemoteEndPoint)),
                });
            }

            scope.Mark(listen);
        }

        switch (address)
        {
            case ListenAddress.UnixSocket(var path):
                RemoveStaleSocket(path);
                kestrel.ListenUnixSocket(path, Configure);
                break;
            case ListenAddress.Tcp tcp:
                kestrel.Listen(tcp, Configure);
                break;
        }
    }

    private static void Protect(string socket)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    // A process that was killed leaves its socket, and nobody can listen at a file that is there.
    private static void RemoveStaleSocket(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
    }
}
