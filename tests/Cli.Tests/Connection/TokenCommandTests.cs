using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Connection;

public sealed class TokenCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_Always_PrintsTheTokenOnceAndKeepsItsHash()
    {
        var result = await CloudSweepProcess.RunAsync(_folder.Root, "token", "create", "--name", "alice", "--role", "submitter", "--expires", "30", "--file", "tokens");

        var token = result.Output.TrimEnd();
        var line = (await File.ReadAllLinesAsync(Path.Combine(_folder.Root, "tokens"), TestContext.Current.CancellationToken))[^1];
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"\Acs_[A-Za-z0-9_-]{43}\z", token);
        Assert.Matches(@"\Aalice submitter [0-9a-f]{64} \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\z", line);
        Assert.DoesNotContain(token, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words", "worker", "The name 'two words'")]
    [InlineData("alice", "admin", "admin")]
    public async Task Create_WrongArguments_IsAUsageErrorAndWritesNothing(string name, string role, string message)
    {
        var result = await CloudSweepProcess.RunAsync(_folder.Root, "token", "create", "--name", name, "--role", role, "--file", "tokens");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }
}
