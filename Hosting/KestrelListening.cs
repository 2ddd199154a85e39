using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudSweep.Hosting;

/// <summary>Makes a server listen at a <see cref="ListenAddress"/>.</summary>
internal static class KestrelListening
{
    /// <summary>Listens at one address, or at every address of either version.</summary>
    public static void Listen(this KestrelServerOptions kestrel, ListenAddress.Tcp address, Action<ListenOptions> configure)
    {
        if (address.Host.Equals(IPAddress.IPv6Any))
        {
            kestrel.ListenAnyIP(address.Port, configure);
        }
        else
        {
            kestrel.Listen(address.Host, address.Port, configure);
        }
    }
}
