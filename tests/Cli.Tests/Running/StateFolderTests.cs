namespace CloudSweep.Cli.Tests.Running;

/// <summary>State folders that can't be used are answered, with nothing left behind.</summary>
public sealed class StateFolderTests : IDisposable
{
    private readonly EmbeddedSweeps _sweeps = new();

    public void Dispose() => _sweeps.Dispose();

    [Fact]
    public async Task Run_StateIsAFile_SaysSo()
    {
        await File.WriteAllTextAsync(_sweeps["taken"], "mine", TestContext.Current.CancellationToken);

        await AssertRefusedAsync("taken");

        Assert.Equal("mine", await File.ReadAllTextAsync(_sweeps["taken"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_StateIsADanglingLink_SaysSo()
    {
        File.CreateSymbolicLink(_sweeps["link"], _sweeps["nowhere"]);

        await AssertRefusedAsync("link");

        Assert.False(Directory.Exists(_sweeps["nowhere"]));
    }

    [Fact]
    public async Task Run_StateBelowAFileSystemWithoutFolders_SaysSo()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "There is no /proc.");

        await AssertRefusedAsync("/proc/cloudsweep");
    }

    [Fact]
    public async Task Run_StateIsReadOnly_SaysSo()
    {
        Assert.SkipWhen(Environment.UserName == "root", "Only a user that modes bind can be refused.");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        Directory.CreateDirectory(_sweeps["locked"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await AssertRefusedAsync("locked");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Run_StateWithoutAName_SaysSo(string state)
    {
        var result = await CloudSweepProcess.RunAsync(_sweeps.Root, "run", "first.yaml", "--state", state);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("must name a folder", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LogIsAFolder_SaysSo()
    {
        Directory.CreateDirectory(_sweeps["state/logs/run.log"]);

        var result = await _sweeps.RunAsync("first");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("can't be used: The log can't be written: ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ResultsCanNotBeWritten_SaysSoAndShowsThemOnceTheyCan()
    {
        Directory.CreateDirectory(_sweeps["state"]);
        await File.WriteAllTextAsync(_sweeps["state/sweeps"], "in the way", TestContext.Current.CancellationToken);

        var result = await _sweeps.RunAsync("first");
        File.Delete(_sweeps["state/sweeps"]);
        var again = await _sweeps.RunAsync("first");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("run the same command again: what is done is kept.", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("was finished before; this is its result.", again.Errors, StringComparison.Ordinal);
    }

    private async Task AssertRefusedAsync(string state)
    {
        var before = Directory.GetFileSystemEntries(_sweeps.Root);

        var result = await CloudSweepProcess.RunAsync(_sweeps.Root, "run", "first.yaml", "--state", state);

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"error: --state '{Path.GetFullPath(state, _sweeps.Root)}' can't be used: ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(before, Directory.GetFileSystemEntries(_sweeps.Root));
    }
}
