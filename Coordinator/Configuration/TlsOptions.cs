namespace CloudSweep.Coordinator.Configuration;

/// <summary>The certificate that a Coordinator shows. Both files are read again when they change.</summary>
public sealed class TlsOptions
{
    /// <summary>PEM file: the certificate, then those between it and the root. Required for https. Default: empty.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>PEM file: the certificate's private key, not encrypted. Required for https. Default: empty.</summary>
    public string KeyFile { get; init; } = "";
}
