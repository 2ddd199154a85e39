namespace CloudSweep.Coordinator.Configuration;

/// <summary>Where KEDA asks how many Workers there should be, and who may ask.</summary>
public sealed class ScalerOptions
{
    public const string SectionName = "Scaler";

    /// <summary>
    /// <c>https://address:port</c> with an IP address, <c>localhost</c>, or <c>*</c> for all addresses. Answers KEDA's external scaler and nothing else.
    /// Default: empty, no such listener.
    /// </summary>
    public string Listen { get; init; } = "";

    /// <summary>PEM file: the certificate that callers are shown, then those between it and the root; read again when it changes. Required with <see cref="Listen"/>.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>PEM file: the certificate's private key, not encrypted; read again when it changes. Required with <see cref="Listen"/>.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>
    /// PEM file: the authorities that sign callers' certificates, which must be made for clients; no others are let in, and no token is needed.
    /// Read again when it changes. Required with <see cref="Listen"/>.
    /// </summary>
    public string ClientCaFile { get; init; } = "";
}
