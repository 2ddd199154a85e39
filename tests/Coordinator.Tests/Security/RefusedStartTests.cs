using CloudSweep.Core.Domain;
using CloudSweep.TestSupport;
using ServerHost = CloudSweep.Coordinator.CoordinatorHost;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>Settings with which a Coordinator does not start, and what it says.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--Listen=http://0.0.0.0:5080", "Listen ('http://0.0.0.0:5080') is open to other machines and not encrypted", "Tokens:File ('') and Oidc:Issuer ('') are both empty")]
    [InlineData("--Listen=https://*:5443", "Tokens:File ('') and Oidc:Issuer ('') are both empty", "Tls:CertificateFile ('') must name a PEM file", "Tls:KeyFile ('') must name a PEM file")]
    [InlineData("--Listen=https://coordinator.example:5443", "Listen ('https://coordinator.example:5443') must be")]
    [InlineData("--Listen=unix:relative.sock", "Listen ('unix:relative.sock') must be")]
    [InlineData("--Listen=unix:/no/such/c.sock", "Listen ('unix:/no/such/c.sock') is in a folder that does not exist")]
    [InlineData("--Tls:KeyFile=key.pem", "Tls:KeyFile ('key.pem') has no use")]
    [InlineData("--Listen=https://127.0.0.1:1 --Tls:CertificateFile=/no/cert --Tls:KeyFile=/no/key", "Tls:CertificateFile ('/no/cert') and Tls:KeyFile ('/no/key') must be a PEM certificate and its key")]
    [InlineData("--Tokens:File=/no/tokens", "Tokens:File ('/no/tokens') can't be read")]
    [InlineData("--Oidc:Issuer=http://accounts.example", "Oidc:Issuer ('http://accounts.example') must be an https:// URL", "belong together", "so nobody could call")]
    [InlineData("--Oidc:Workers:0=a@b.c", "have no use without Oidc:Issuer")]
    [InlineData("--Health:Listen=https://*:1", "Health:Listen ('https://*:1') must be http://")]
    [InlineData("--Scaler:Listen=http://127.0.0.1:1", "Scaler:Listen ('http://127.0.0.1:1') must be https://", "Scaler:CertificateFile ('') must name", "Scaler:KeyFile ('') must name", "Scaler:ClientCaFile ('') must name")]
    [InlineData("--Scaler:Listen=https://keda.example:1 --Scaler:CertificateFile=/no/cert --Scaler:KeyFile=/no/key --Scaler:ClientCaFile=/no/ca", "must be https://ADDRESS:PORT with an IP address", "Scaler:CertificateFile ('/no/cert') and Scaler:KeyFile ('/no/key') must be a PEM certificate and its key", "Scaler:ClientCaFile ('/no/ca') must be a PEM file of the authorities")]
    [InlineData("--Scaler:CertificateFile=c --Scaler:KeyFile=k --Scaler:ClientCaFile=a", "Scaler:CertificateFile ('c') has no use without Scaler:Listen", "Scaler:KeyFile ('k') has no use", "Scaler:ClientCaFile ('a') has no use")]
    [InlineData("--Scaler:ClientCa=x", "'Scaler:ClientCa' is no setting. Did you mean 'Scaler:ClientCaFile'?")]
    [InlineData("--PubSub:Topik=x --Tokens:Fiel=/x --Oidc:Worker:0=a@b.c", "'PubSub:Topik' is no setting. Did you mean 'PubSub:Topic'?", "Did you mean 'Tokens:File'?", "Did you mean 'Oidc:Workers:0'?")]
    [InlineData("--Leases:Duration=soon --Packing:ExpectedSlots=0", "Leases:Duration ('soon') must be a time such as 00:00:30", "Packing:ExpectedSlots (0) must be 1 to 10000")]
    [InlineData("--Packing:ExpectedSlots=two --Packing:MemoryPerSlotBytes=1GiB", "Packing:ExpectedSlots ('two') must be a whole number", "Packing:MemoryPerSlotBytes ('1GiB') must be a whole number of at most 9223372036854775807, digits only.")]
    public void Build_SettingsThatBreakRules_TellsEveryOne(string settings, params string[] mistakes)
    {
        var exception = Assert.Throws<InvalidSettingsException>(() => ServerHost.Build([.. Valid(), .. settings.Split(' ')]));

        Assert.All(mistakes, mistake => Assert.Contains(mistake, exception.Message, StringComparison.Ordinal));
        Assert.Equal(mistakes.Length, exception.Mistakes.Count);
    }

    [Theory]
    [InlineData("alice submitter cs_short 2027-01-31T00:00:00Z extra-word")]
    [InlineData("alice admin 0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("alice submitter cs_the-token-itself-by-mistake")]
    public void Build_TokensFileWithABadLine_TellsTheLineButNotItsText(string line)
    {
        var file = Path.Combine(_folder.Root, "tokens");
        File.WriteAllText(file, $"# remark\n{line}\n");

        var exception = Assert.Throws<InvalidSettingsException>(() => ServerHost.Build([.. Valid(), $"--Tokens:File={file}"]));

        Assert.Contains("line 2 must be", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(line.Split(' ')[^1], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TokensFileThatOthersMayWrite_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        var file = Path.Combine(_folder.Root, "tokens");
        File.WriteAllText(file, "");
        Protect(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);

        var exception = Assert.Throws<InvalidSettingsException>(() => ServerHost.Build([.. Valid(), $"--Tokens:File={file}"]));

        Assert.Contains("chmod go-w", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_ClientCaFileWithoutARoot_IsRefused()
    {
        using var certificates = new TestCertificates();
        var (certificate, key) = (Path.Combine(_folder.Root, "tls.pem"), Path.Combine(_folder.Root, "tls.key"));
        certificates.Write(certificate, key);

        var exception = Assert.Throws<InvalidSettingsException>(() => ServerHost.Build(
            [.. Valid(), "--Scaler:Listen=https://127.0.0.1:0", $"--Scaler:CertificateFile={certificate}", $"--Scaler:KeyFile={key}", $"--Scaler:ClientCaFile={certificate}"]));

        Assert.Contains($"Scaler:ClientCaFile ('{certificate}') must be a PEM file of the authorities that sign callers' certificates: it has no certificate of a root authority", Assert.Single(exception.Mistakes), StringComparison.Ordinal);
    }

    private static void Protect(string file, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    private string[] Valid() => [$"--Storage:Directory={Path.Combine(_folder.Root, "state")}", $"--Checkpoints:Location={_folder.Root}"];
}
