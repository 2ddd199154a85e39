using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Credentials;

/// <summary>Makes a CA, certificates and tokens.</summary>
internal static class CredentialsRun
{
    /// <summary>Days that a CA lasts, and so the most that a certificate can.</summary>
    public const int CaDays = 3650;

    /// <exception cref="InvalidSettingsException">The request or the folder breaks rules; nothing was written.</exception>
    public static async Task<CreatedCredentials> RunAsync(CredentialsRequest request, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] mistakes = [.. HostNames.MistakesIn(request.Hosts)];
        if (mistakes.Length > 0)
        {
            throw new InvalidSettingsException(mistakes);
        }

        var now = time.GetUtcNow();
        var folder = new CredentialFolder(request.Folder);
        var existing = folder.Existing();
        if (existing.Count == 0)
        {
            var (end, caEnd) = (now.AddDays(request.Days), now.AddDays(CaDays));
            await folder.FillAsync(aside => WriteAllAsync(aside, request.Hosts, (now, end, caEnd), time, cancellationToken));
            return new CreatedCredentials(request, Existed: false, end, caEnd);
        }

        if (!request.KeepsExisting || existing.Count < CredentialFile.All.Count)
        {
            throw new InvalidSettingsException(
            [
                $"{request.Folder} has {string.Join(", ", existing)} already, and what is in use is not replaced. Give another folder, or move "
                + $"{(existing.Count == 1 ? "it" : "them")} away{(existing.Count == CredentialFile.All.Count ? ", or say --keep to keep them" : "")}.",
            ]);
        }

        var ends = folder.Require(request.Hosts, now);
        return new CreatedCredentials(request, Existed: true, ends.CertificateEnd, ends.CaEnd);
    }

    private static async Task WriteAllAsync(
        CredentialFolder folder, IReadOnlyList<string> hosts, (DateTimeOffset Now, DateTimeOffset End, DateTimeOffset CaEnd) times, TimeProvider time, CancellationToken cancellationToken)
    {
        using var authority = new CertificateAuthority(times.Now, times.CaEnd);
        await WriteAsync(CredentialFile.Ca, CredentialFile.CaKey, authority.Own);
        await WriteAsync(CredentialFile.Certificate, CredentialFile.Key, authority.IssueServer("coordinator", hosts, times.End));
        await WriteAsync(CredentialFile.ScalerClient, CredentialFile.ScalerClientKey, authority.IssueClient("scaler-client", times.End));
        await WriteTokenAsync(CredentialFile.SubmitterToken, "submitter", CallerRole.Submitter);
        await WriteTokenAsync(CredentialFile.WorkerToken, "worker", CallerRole.Worker);

        async Task WriteAsync(string certificateFile, string keyFile, IssuedCertificate issued)
        {
            await folder.WriteAsync(certificateFile, issued.CertificatePem, cancellationToken);
            await folder.WriteAsync(keyFile, issued.KeyPem, cancellationToken);
        }

        async Task WriteTokenAsync(string file, string name, CallerRole role)
        {
            var token = await TokenFile.AddTokenAsync(folder.PathOf(CredentialFile.Tokens), name, role, expiresAt: null, time, cancellationToken);
            await folder.WriteAsync(file, token, cancellationToken);
        }
    }
}
