namespace CloudSweep.Cli.Credentials;

/// <summary>A certificate and its key, both as PEM; the key is PKCS #8 and not encrypted.</summary>
internal sealed record IssuedCertificate(string CertificatePem, string KeyPem);
