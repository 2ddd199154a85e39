using System.Net;

namespace CloudSweep.Hosting;

/// <summary>A place to listen at.</summary>
internal abstract record ListenAddress
{
    private const string UnixScheme = "unix:";

    private ListenAddress()
    {
    }

    /// <summary>Only processes of this machine can connect.</summary>
    public abstract bool IsLocal { get; }

    public bool IsTls => this is Tcp { UsesTls: true };

    /// <summary>Null when the text is none.</summary>
    public static ListenAddress? Parse(string text)
    {
        if (text.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            var path = text[UnixScheme.Length..];
            return Path.IsPathFullyQualified(path) ? new UnixSocket(path) : null;
        }

        return ParseUrl(text) is { PathBase.Length: 0, Scheme: "http" or "https" } url && HostOf(url.Host) is { } host
            ? new Tcp(url.Scheme == "https", host, url.Port)
            : null;
    }

    private static Microsoft.AspNetCore.Http.BindingAddress? ParseUrl(string text)
    {
        try
        {
            return Microsoft.AspNetCore.Http.BindingAddress.Parse(text);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    // A name would be resolved to addresses that nobody wrote down.
    private static IPAddress? HostOf(string host) => host switch
    {
        "*" or "+" => IPAddress.IPv6Any,
        "localhost" => IPAddress.Loopback,
        _ => IPAddress.TryParse(host, out var address) ? address : null,
    };

    /// <param name="Path">Absolute.</param>
    public sealed record UnixSocket(string Path) : ListenAddress
    {
        public override bool IsLocal => true;
    }

    /// <param name="UsesTls">https.</param>
    /// <param name="Host">Where to listen; <see cref="IPAddress.IPv6Any"/> for every address of either version.</param>
    /// <param name="Port">0 = any free one.</param>
    public sealed record Tcp(bool UsesTls, IPAddress Host, int Port) : ListenAddress
    {
        public override bool IsLocal => IPAddress.IsLoopback(Host);
    }
}
