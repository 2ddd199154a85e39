using System.Net;
using System.Net.Sockets;

namespace CloudSweep.TestSupport;

/// <summary>Ports of loopback that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>One that is free now. Another process may take it before it is used, so a server that can choose its own port should.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
