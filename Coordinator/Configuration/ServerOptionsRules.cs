using CloudSweep.Coordinator.Security;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>Keeps a Coordinator without TLS and credentials off the network.</summary>
internal sealed class ServerOptionsRules : IValidateOptions<ServerOptions>
{
    public ValidateOptionsResult Validate(string? name, ServerOptions options)
    {
        string[] mistakes = [.. Listen(options), .. Tls(options), .. Health(options)];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Listen(ServerOptions options)
    {
        var address = ListenAddress.Parse(options.Listen);
        if (address is null)
        {
            yield return $"Listen ('{options.Listen}') must be unix:/absolute/path.sock, http://127.0.0.1:PORT, or https://ADDRESS:PORT with an IP address, or * for all, e.g. https://*:5443.";
        }
        else if (!address.IsLocal)
        {
            yield return $"Listen ('{options.Listen}') is open to other machines, and there are no credentials yet; use an address of this machine like http://127.0.0.1:5080.";
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

        if (isTls && options.Tls.CertificateFile.Length > 0 && options.Tls.KeyFile.Length > 0 && ServerCertificate.MistakeIn(options.Tls) is { } mistake)
        {
            yield return mistake;
        }
    }

    private static IEnumerable<string> Health(ServerOptions options)
    {
        if (options.Health.Listen.Length > 0 && ListenAddress.Parse(options.Health.Listen) is not ListenAddress.Tcp { UsesTls: false })
        {
            yield return $"Health:Listen ('{options.Health.Listen}') must be http://ADDRESS:PORT with an IP address, or * for all, e.g. http://*:8081; it tells nothing but whether the Coordinator serves.";
        }
    }
}
