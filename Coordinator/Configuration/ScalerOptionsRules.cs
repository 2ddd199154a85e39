using CloudSweep.Coordinator.Security;
using CloudSweep.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>Keeps the scaler from callers without a certificate, on loopback too.</summary>
internal sealed class ScalerOptionsRules : IValidateOptions<ScalerOptions>
{
    public ValidateOptionsResult Validate(string? name, ScalerOptions options)
    {
        string[] mistakes = [.. Listen(options), .. Presence(options), .. Contents(options)];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Listen(ScalerOptions options)
    {
        if (options.Listen.Length > 0 && ListenAddress.Parse(options.Listen) is not { IsTls: true })
        {
            yield return $"Scaler:Listen ('{options.Listen}') must be https://ADDRESS:PORT with an IP address, or * for all, e.g. https://*:5444; KEDA shows its certificate there.";
        }
    }

    private static IEnumerable<string> Presence(ScalerOptions options)
    {
        foreach (var (setting, value) in (IEnumerable<(string, string)>)
            [("Scaler:CertificateFile", options.CertificateFile), ("Scaler:KeyFile", options.KeyFile), ("Scaler:ClientCaFile", options.ClientCaFile)])
        {
            if (options.Listen.Length > 0 && value.Length == 0)
            {
                yield return $"{setting} ('') must name a PEM file, since Scaler:Listen is {options.Listen}; docs/scaling.md shows how to make one.";
            }
            else if (options.Listen.Length == 0 && value.Length > 0)
            {
                yield return $"{setting} ('{value}') has no use without Scaler:Listen; give it, e.g. https://*:5444, or leave this out.";
            }
        }
    }

    private static IEnumerable<string> Contents(ScalerOptions options)
    {
        if (options.Listen.Length == 0)
        {
            yield break;
        }

        if (options.CertificateFile.Length > 0 && options.KeyFile.Length > 0 && ServerCertificate.MistakeIn(options.CertificateFile, options.KeyFile) is { } mistake)
        {
            yield return $"Scaler:CertificateFile ('{options.CertificateFile}') and Scaler:KeyFile ('{options.KeyFile}') must be a PEM certificate and its key, not encrypted: {mistake}";
        }

        if (options.ClientCaFile.Length > 0 && ClientCertificates.MistakeIn(options.ClientCaFile) is { } other)
        {
            yield return $"Scaler:ClientCaFile ('{options.ClientCaFile}') must be a PEM file of the authorities that sign callers' certificates: {other}";
        }
    }
}
