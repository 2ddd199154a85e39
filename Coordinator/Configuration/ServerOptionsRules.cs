using CloudSweep.Coordinator.Security;
using CloudSweep.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>Keeps a Coordinator without TLS and credentials off the network.</summary>
internal sealed class ServerOptionsRules : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        string[] mistakes = [.. Listen(options), .. Tls(options), .. Tokens(options.Tokens), .. Oidc(options.Oidc), .. Health(options.Health)];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Listen(ServerOptions options)
    {
        var address = ListenAddress.Parse(options.Listen);
        if (address is null)
        {
            yield return $"Listen ('{options.Listen}') must be unix:/absolute/path.sock, http://127.0.0.1:PORT, or https://ADDRESS:PORT with an IP address, or * for all, e.g. https://*:5443.";
        }
        else if (address is ListenAddress.UnixSocket(var path) && !Directory.Exists(Path.GetDirectoryName(path)))
        {
            yield return $"Listen ('{options.Listen}') is in a folder that does not exist; make it, for the Coordinator's user only, or choose another.";
        }
        else if (!address.IsLocal)
        {
            if (!address.IsTls)
            {
                yield return $"Listen ('{options.Listen}') is open to other machines and not encrypted; use https:// with Tls:CertificateFile and Tls:KeyFile, or an address of this machine like http://127.0.0.1:5080.";
            }

            if (!options.HasCredentials)
            {
                yield return $"Tokens:File ('') and Oidc:Issuer ('') are both empty, and Listen ('{options.Listen}') is open to other machines; set one, so that callers show who they are. 'cloudsweep token create' makes tokens.";
            }
        }
    }

    private static IEnumerable<string> Tls(ServerOptions options)
    {
        var isTls = ListenAddress.Parse(options.Listen) is { IsTls: true };
        foreach (var (setting, value) in ((string, string)[])[("Tls:CertificateFile", options.Tls.CertificateFile), ("Tls:KeyFile", options.Tls.KeyFile)])
        {
            if (isTls && value.Length == 0)
            {
                yield return $"{setting} ('') must name a PEM file, since Listen is {options.Listen}; docs/security.md shows how to make one.";
            }
            else if (!isTls && value.Length > 0)
            {
                yield return $"{setting} ('{value}') has no use where Listen is {options.Listen}; listen at https:// or leave it out.";
            }
        }

        if (isTls && options.Tls.CertificateFile.Length > 0 && options.Tls.KeyFile.Length > 0 && ServerCertificate.MistakeIn(options.Tls.CertificateFile, options.Tls.KeyFile) is { } mistake)
        {
            yield return $"Tls:CertificateFile ('{options.Tls.CertificateFile}') and Tls:KeyFile ('{options.Tls.KeyFile}') must be a PEM certificate and its key, not encrypted: {mistake}";
        }
    }

    private static IEnumerable<string> Tokens(TokensOptions tokens)
    {
        if (tokens.File.Length == 0)
        {
            return [];
        }

        try
        {
            return [.. TokenFile.MistakesIn(tokens.File).Select(mistake => $"Tokens:File ('{tokens.File}'): {mistake}.")];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"Tokens:File ('{tokens.File}') can't be read: {exception.Message} Make it with 'cloudsweep token create'."];
        }
    }

    private static IEnumerable<string> Oidc(OidcOptions oidc)
    {
        var isUrl = Uri.TryCreate(oidc.Issuer, UriKind.Absolute, out var issuer)
            && (issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback));
        if (oidc.Issuer.Length > 0 && !isUrl)
        {
            yield return $"Oidc:Issuer ('{oidc.Issuer}') must be an https:// URL (http:// on this machine only), e.g. https://accounts.google.com.";
        }

        if ((oidc.Issuer.Length > 0) != (oidc.Audience.Length > 0))
        {
            yield return $"Oidc:Issuer ('{oidc.Issuer}') and Oidc:Audience ('{oidc.Audience}') belong together; give both or none.";
        }

        string[] callers = [.. oidc.Submitters, .. oidc.Workers];
        if ((oidc.Issuer.Length > 0) != (callers.Length > 0))
        {
            yield return oidc.Issuer.Length > 0
                ? "Oidc:Submitters and Oidc:Workers are both empty, so nobody could call; list emails or subjects, e.g. --Oidc:Submitters:0=alice@example.com."
                : "Oidc:Submitters and Oidc:Workers have no use without Oidc:Issuer; give it or leave them out.";
        }

        foreach (var caller in callers.Where(caller => string.IsNullOrWhiteSpace(caller) || caller.Any(char.IsControl)))
        {
            yield return $"Oidc:Submitters or Oidc:Workers has '{caller}'; every entry must be an email or a subject.";
        }
    }

    private static IEnumerable<string> Health(HealthOptions health)
    {
        if (health.Listen.Length > 0 && ListenAddress.Parse(health.Listen) is not ListenAddress.Tcp { UsesTls: false })
        {
            yield return $"Health:Listen ('{health.Listen}') must be http://ADDRESS:PORT with an IP address, or * for all, e.g. http://*:8081; it tells nothing but whether the Coordinator serves.";
        }
    }
}
