using CloudSweep.Core.Domain;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudSweep.Coordinator.Security;

/// <summary>Keeps a Coordinator without TLS and credentials off the network: it listens on a Unix socket or on loopback, or not at all.</summary>
internal static class ListenAddressRule
{
    /// <summary>Makes the server listen at <paramref name="address"/>.</summary>
    /// <param name="address"><c>unix:/path/to.sock</c> or <c>http://127.0.0.1:port</c>.</param>
    /// <param name="server">The server to set up.</param>
    /// <exception cref="InvalidSweepException">Any other address.</exception>
    public static void Require(string address, IWebHostBuilder server) => server.ConfigureKestrel(kestrel =>
    {
        if (address.StartsWith("unix:", StringComparison.Ordinal))
        {
            kestrel.ListenUnixSocket(address["unix:".Length..], listen => listen.Protocols = HttpProtocols.Http2);
        }
        else if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)
        {
            kestrel.ListenLocalhost(uri.Port, listen => listen.Protocols = HttpProtocols.Http2);
        }
        else
        {
            throw new InvalidSweepException([new SpecViolation("Listen", $"'{address}' is neither a Unix socket nor a loopback address. This version has no TLS and no credentials, so it stays off the network: use unix:/path/to.sock or http://127.0.0.1:5080.")]);
        }
    });
}
