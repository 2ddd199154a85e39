using System.Security.Cryptography.X509Certificates;

namespace CloudSweep.Worker.Connection;

/// <summary>Certificates of a private CA.</summary>
internal static class TrustedCertificates
{
    /// <exception cref="InvalidDataException">The file holds no certificate.</exception>
    public static X509Certificate2Collection Read(string pemFile)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(pemFile);
        return certificates.Count > 0 ? certificates : throw new InvalidDataException("It holds no certificate.");
    }

    /// <summary>Trusts chains that end in one of the file's certificates, and no others. The host name is checked as ever.</summary>
    public static X509ChainPolicy PolicyOf(string pemFile)
    {
        // A private CA rarely publishes revocations; its certificates are short-lived or the file is replaced.
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Read(pemFile));
        return policy;
    }
}
