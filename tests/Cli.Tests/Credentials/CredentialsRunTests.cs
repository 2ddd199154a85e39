using CloudSweep.Cli.Credentials;
using CloudSweep.Core.Domain;
using CloudSweep.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.Cli.Tests.Credentials;

public sealed class CredentialsRunTests : IDisposable
{
    private static readonly string[] Names = [.. CredentialFile.All.Select(file => file.Name).Order(StringComparer.Ordinal)];

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private string Target => _folder["credentials"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_NewFolder_WritesExactlyTheFilesAndKeepsSecretsToTheOwner()
    {
        await RunAsync();

        Assert.Equal(Names, NamesIn(Target));
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in CredentialFile.All.Where(file => file.IsSecret))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Target, file.Name)));
            }

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Target));
        }
    }

    [Fact]
    public async Task Run_FolderWithOtherFiles_LeavesThem()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "notes"), "mine", None);

        await RunAsync();

        Assert.Equal([.. Names.Append("notes").Order(StringComparer.Ordinal)], NamesIn(Target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_OneOfTheFilesIsThere_NamesItAndWritesNothing(bool keep)
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "tls.key"), "mine", None);

        var exception = await Assert.ThrowsAsync<InvalidSettingsException>(() => RunAsync(keep));

        Assert.Contains("has tls.key already", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Give another folder", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--keep", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["tls.key"], NamesIn(Target));
    }

    [Fact]
    public async Task Run_AllFilesAreThere_IsRefusedAndTellsOfKeep()
    {
        await RunAsync();

        var exception = await Assert.ThrowsAsync<InvalidSettingsException>(() => RunAsync());

        Assert.Contains("--keep", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_KeepAndAllFilesAreThere_ChangesNothing()
    {
        var first = await RunAsync();
        var before = ContentsOf(Target);

        var again = await RunAsync(keep: true);

        Assert.Equal((false, true), (first.Existed, again.Existed));
        Assert.Equal(before, ContentsOf(Target));
        Assert.InRange(first.CertificateEnd - again.CertificateEnd, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_KeepForOtherHostsAndPastTheEnd_TellsBoth()
    {
        await RunAsync();
        _time.Advance(TimeSpan.FromDays(366));

        var exception = await Assert.ThrowsAsync<InvalidSettingsException>(() => RunAsync(keep: true, "localhost", "other.example"));

        Assert.Equal(2, exception.Mistakes.Count);
        Assert.Contains("'other.example'", exception.Mistakes[0], StringComparison.Ordinal);
        Assert.Contains("tls.pem", exception.Mistakes[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongHosts_AreToldAtOnceAndNothingIsMade()
    {
        var exception = await Assert.ThrowsAsync<InvalidSettingsException>(() => RunAsync(keep: false, "localhost", "a:1", "b c"));

        Assert.Equal(2, exception.Mistakes.Count);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task Fill_WritingFails_LeavesNothing()
    {
        var folder = new CredentialFolder(Target);

        await Assert.ThrowsAsync<IOException>(() => folder.FillAsync(async aside =>
        {
            await aside.WriteAsync(CredentialFile.CaKey, "key", None);
            throw new IOException("full");
        }));

        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task Fill_AFileIsMissing_TakesBackWhatWasMoved()
    {
        Directory.CreateDirectory(Target);
        var folder = new CredentialFolder(Target);

        await Assert.ThrowsAsync<FileNotFoundException>(() => folder.FillAsync(aside => aside.WriteAsync(CredentialFile.Ca, "ca", None)));

        Assert.Empty(Directory.EnumerateFileSystemEntries(Target));
    }

    private Task<CreatedCredentials> RunAsync(bool keep = false, params string[] hosts) =>
        CredentialsRun.RunAsync(new CredentialsRequest(Target, hosts is [] ? ["localhost", "127.0.0.1"] : hosts, Days: 365, keep), _time, None);

    private static string[] NamesIn(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static string[] ContentsOf(string folder) => [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
}
