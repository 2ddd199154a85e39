using System.CommandLine;
using CloudSweep.Cli.Commands;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Generate_NewFolder_WritesTheShards()
    {
        Assert.Equal(0, await InvokeAsync("--kind", "teacher", "--rows", "100", "--features", "5", "--gzip"));

        Assert.Equal(
            ["part-00000-of-00004.csv.gz", "part-00001-of-00004.csv.gz", "part-00002-of-00004.csv.gz", "part-00003-of-00004.csv.gz"],
            Names());
    }

    [Fact]
    public async Task Generate_BadOptions_ExitsWithUsageAndWritesNothing()
    {
        Assert.Equal(ExitCodes.Usage, await InvokeAsync("--kind", "teacher", "--rows", "many", "--features", "5"));
        Assert.Equal(ExitCodes.Usage, await InvokeAsync("--kind", "teacher", "--rows", "100", "--features", "5", "--rowz", "3"));
        Assert.Equal(ExitCodes.Usage, await InvokeAsync("--kind", "teacher", "--rows", "100", "--features"));
        Assert.Equal(ExitCodes.Usage, await InvokeAsync("--kind", "linear", "--rows", "100", "--features", "1", "--classes", "50"));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary.Root));
    }

    [Fact]
    public async Task Generate_FolderNotEmpty_IsRefusedAndUntouched()
    {
        Directory.CreateDirectory(_temporary["data"]);
        await File.WriteAllTextAsync(_temporary["data/notes.txt"], "mine", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Usage, await InvokeAsync("--kind", "teacher", "--rows", "100", "--features", "5"));
        Assert.Equal(["notes.txt"], Names());
    }

    [Fact]
    public async Task Generate_Force_ReplacesShardsAndKeepsOtherFiles()
    {
        await InvokeAsync("--kind", "teacher", "--rows", "100", "--features", "5");
        await File.WriteAllTextAsync(_temporary["data/notes.txt"], "mine", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_temporary["data/.part-00000-of-00009.csv.tmp"], "left by a killed run", TestContext.Current.CancellationToken);

        Assert.Equal(0, await InvokeAsync("--kind", "linear", "--rows", "10", "--features", "2", "--shards", "2", "--force"));
        Assert.Equal(["notes.txt", "part-00000-of-00002.csv", "part-00001-of-00002.csv"], Names());
        Assert.Equal(10, Datasets.RowsIn(_temporary["data"]).Count());
    }

    [Fact]
    public async Task Generate_FolderCannotBeMade_Fails()
    {
        await File.WriteAllTextAsync(_temporary["file"], "", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Failed, await DataCommand.Create().Parse(["generate", _temporary["file/data"], "--kind", "linear", "--rows", "10", "--features", "2"])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken));
    }

    private Task<int> InvokeAsync(params string[] options) => DataCommand.Create().Parse(["generate", _temporary["data"], .. options])
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);

    private IEnumerable<string> Names() => Directory.EnumerateFileSystemEntries(_temporary["data"]).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);
}
