using static System.FormattableString;

namespace CloudSweep.Cli.Credentials;

/// <summary>What <c>credentials create</c> tells people.</summary>
internal static class CredentialsText
{
    public static string Of(CreatedCredentials created)
    {
        var request = created.Request;
        var files = string.Join('\n', CredentialFile.All.Select(file => $"  {file.Name,-18} {file.Purpose}"));
        return Invariant($"""
            {(created.Existed ? "Kept what is" : "Wrote")} in {request.Folder}:
            {files}
            The certificates end at {created.CertificateEnd:u}, the CA at {created.CaEnd:u}, the tokens never.
            Hosts: {string.Join(", ", request.Hosts)}.
            """);
    }
}
