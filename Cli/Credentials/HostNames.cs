using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace CloudSweep.Cli.Credentials;

/// <summary>The names and IP addresses by which clients reach a Coordinator.</summary>
internal static partial class HostNames
{
    private const int MaxLength = 253;

    /// <summary>What is wrong with them, a line for each that is.</summary>
    public static IEnumerable<string> MistakesIn(IEnumerable<string> hosts) => hosts.Where(host => !IsName(host) && AddressOf(host) is null).Select(host =>
        $"--host '{host}' must be a DNS name or an IP address as clients write it, without scheme and port, e.g. coordinator, coordinator.example, *.example or 10.0.0.4.");

    /// <summary>The certificate's extension that holds them.</summary>
    public static X509Extension ToExtension(IEnumerable<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (AddressOf(host) is { } address)
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }

    // A number alone is an address to .NET, and 0.0.0.0 is where one listens, not where one calls.
    private static IPAddress? AddressOf(string text) =>
        IPAddress.TryParse(text, out var address) && AddressText().IsMatch(text) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) ? address : null;

    private static bool IsName(string text) => text.Length <= MaxLength && NameText().IsMatch(text);

    // The last part is no number: that would be half an address.
    [GeneratedRegex(@"\A(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*(?![0-9]+\z)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex NameText();

    [GeneratedRegex(@"\A([0-9]+(\.[0-9]+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)\z")]
    private static partial Regex AddressText();
}
