using System.Security.Cryptography;

namespace CloudSweep.Worker.Connection;

/// <summary>What an address and its credentials must obey. The options are named as the caller's users know them.</summary>
public static class ConnectionRules
{
    internal const string UnixScheme = "unix:";

    /// <summary>Everything that is wrong, as pairs of an option's name (of <see cref="ConnectionOptions"/>) and the rest of a sentence about it: value, rule, way out.</summary>
    public static IEnumerable<(string Option, string Mistake)> MistakesIn(ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        if (!IsAddress(options.Coordinator))
        {
            yield return (nameof(options.Coordinator), $"('{options.Coordinator}') must be unix:/absolute/path, http:// to this machine or https://host:port.");
        }

        if (options.CaFile.Length > 0)
        {
            if (!IsTls(options.Coordinator))
            {
                yield return (nameof(options.CaFile), $"('{options.CaFile}') has no use without https://; leave it out.");
            }
            else if (MistakeOf(() => TrustedCertificates.Read(options.CaFile)) is { } mistake)
            {
                yield return (nameof(options.CaFile), $"('{options.CaFile}') must be a PEM file with the certificates to trust: {mistake}");
            }
        }

        if (options.TokenFile.Length > 0 && MistakeOf(() => BearerTokens.ReadFile(options.TokenFile)) is { } unreadable)
        {
            yield return (nameof(options.TokenFile), $"('{options.TokenFile}') must be a file with a token and nothing else: {unreadable}");
        }

        if (options.Token.Length > 0 && !BearerTokens.IsToken(options.Token))
        {
            yield return (nameof(options.Token), "must be one word of visible ASCII characters, as 'cloudsweep token create' prints it.");
        }

        string[] credentials = [options.Token, options.TokenFile, options.OidcAudience];
        if (credentials.Count(given => given.Length > 0) > 1)
        {
            yield return (options.OidcAudience.Length > 0 ? nameof(options.OidcAudience) : nameof(options.TokenFile), "is given beside other credentials; give one kind, so that it is clear who calls.");
        }
    }

    internal static bool IsTls(string coordinator) => coordinator.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    // Anything that is not encrypted stays on this machine.
    internal static bool IsAddress(string coordinator) => coordinator.StartsWith(UnixScheme, StringComparison.Ordinal)
        ? Path.IsPathFullyQualified(coordinator[UnixScheme.Length..])
        : Uri.TryCreate(coordinator, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
            && ((uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback) || uri.Scheme == Uri.UriSchemeHttps);

    private static string? MistakeOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or InvalidDataException)
        {
            return exception.Message;
        }
    }
}
