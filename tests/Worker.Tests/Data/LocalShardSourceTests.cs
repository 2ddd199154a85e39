using System.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.TestSupport;

namespace CloudSweep.Worker.Tests.Data;

public sealed class LocalShardSourceTests : ShardSourceContract, IDisposable
{
    private readonly DataFolder _folder = new();

    protected override IShardSource Source => _folder.Source;

    [Fact]
    public async Task Find_APipeAndAnEmptyFile_TellsBothWithoutWaiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        using (var mkfifo = Process.Start("mkfifo", [Path.Combine(_folder.Data, "a.csv")]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        _folder.Put("b.csv", "");

        var exception = await Assert.ThrowsAsync<DataErrorException>(() =>
            Source.FindAsync(Path.Combine(_folder.Data, "*.csv"), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        Assert.Equal(["a.csv", "b.csv"], exception.Message.Split('\n').Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task Find_FileUri_FindsTheSameShards()
    {
        _folder.Put("with space %41.csv", "x");

        var byPath = await FindOneAsync("with space*");
        var byUri = await Source.FindAsync("file://" + _folder.Data.Replace(" ", "%20", StringComparison.Ordinal) + "/with%20space*", TestContext.Current.CancellationToken);

        Assert.Equal([byPath], byUri.Shards);
        await using var stream = await Source.OpenAsync(byPath, TestContext.Current.CancellationToken);
        Assert.Equal('x', stream.ReadByte());
    }

    [Theory]
    [InlineData("data/*.csv")]
    [InlineData("s3://bucket/x.csv")]
    public async Task Find_NotAnAbsoluteFilePattern_Throws(string pattern)
    {
        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(pattern, TestContext.Current.CancellationToken));

        Assert.StartsWith($"The data pattern '{pattern}' m", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_OutsideOfTheRoots_Throws()
    {
        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync("/etc/host*", TestContext.Current.CancellationToken));

        Assert.StartsWith("'/etc/host*' may not be read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_LinkToTheOutside_Throws()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Data, "evil.csv"), "/etc/hostname");

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => FindOneAsync("*.csv"));

        Assert.StartsWith("'evil.csv' may not be read", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderBecameALinkToTheOutside_Throws()
    {
        _folder.Put("sub/hostname", "x");
        var shard = await FindOneAsync("sub/hostname");
        Directory.Delete(Path.Combine(_folder.Data, "sub"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Data, "sub"), "/etc");

        await Assert.ThrowsAsync<DataErrorException>(() => Source.OpenAsync(shard, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_FileChangesDuringTheRead_ThrowsDataChanged()
    {
        _folder.Put("a.csv", "hello");
        var shard = await FindOneAsync("a.csv");
        await using var stream = await Source.OpenAsync(shard, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(Path.Combine(_folder.Data, "a.csv"), "!", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<DataChangedException>(() => stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _folder.Dispose();

    protected override Task PutAsync(string name, byte[] content)
    {
        var path = Path.Combine(_folder.Data, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllBytesAsync(path, content);
    }

    protected override Task DeleteAsync(string name)
    {
        File.Delete(Path.Combine(_folder.Data, name));
        return Task.CompletedTask;
    }

    protected override string PatternOf(string relative) => Path.Combine(_folder.Data, relative);
}
