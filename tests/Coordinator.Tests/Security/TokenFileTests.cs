using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Domain;
using CloudSweep.TestSupport;

namespace CloudSweep.Coordinator.Tests.Security;

public sealed class TokenFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Root, "tokens");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AddToken_NewFile_IsTheOwnersAndHoldsTheHashOnly()
    {
        var token = TokenFile.AddToken(File, "alice", CallerRole.Submitter, null);

        var text = System.IO.File.ReadAllText(File);
        var entry = Assert.Single(TokenFile.Parse(text).Entries);
        Assert.Equal(("alice", CallerRole.Submitter, null), (entry.Name, entry.Role, entry.ExpiresAt));
        Assert.Equal(TokenFile.HashOf(token), entry.Hash);
        Assert.DoesNotContain(token, text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public void AddToken_ToAFileWithRemarks_KeepsEveryLine()
    {
        var end = new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero);
        TokenFile.AddToken(File, "alice", CallerRole.Submitter, null);
        System.IO.File.AppendAllText(File, "\n# the GPU pool\n");

        TokenFile.AddToken(File, "worker-1", CallerRole.Worker, end);

        var (entries, mistakes) = TokenFile.Parse(System.IO.File.ReadAllText(File));
        Assert.Empty(mistakes);
        Assert.Equal([("alice", (DateTimeOffset?)null), ("worker-1", end)], entries.Select(entry => (entry.Name, entry.ExpiresAt)));
        Assert.Contains("# the GPU pool", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddTokenAsync_TokensAddedAtOnce_AreAllThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Task.Run(
            () => TokenFile.AddTokenAsync(File, $"worker-{number}", CallerRole.Worker, null, TimeProvider.System, TestContext.Current.CancellationToken))));

        Assert.Equal(5, TokenFile.Parse(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken)).Entries.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("#remark")]
    public void AddToken_BadName_WritesNothing(string name)
    {
        Assert.Throws<InvalidSettingsException>(() => TokenFile.AddToken(File, name, CallerRole.Worker, null));

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void AddToken_ToABrokenFile_LeavesItAsItIs()
    {
        System.IO.File.WriteAllText(File, "half a line");

        Assert.Throws<InvalidSettingsException>(() => TokenFile.AddToken(File, "alice", CallerRole.Worker, null));

        Assert.Equal("half a line", System.IO.File.ReadAllText(File));
    }
}
