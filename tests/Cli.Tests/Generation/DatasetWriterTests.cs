using CloudSweep.Cli.Generation;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class DatasetWriterTests : IDisposable
{
    private static readonly ShardCut Three = new(3, IsGzip: false);

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_Twice_SameBytes(bool isGzip)
    {
        var cut = new ShardCut(3, isGzip);
        await WriteAsync("a", cut);
        await WriteAsync("b", cut);

        for (var shard = 0; shard < cut.Shards; shard++)
        {
            Assert.Equal(await BytesAsync($"a/{cut.NameOf(shard)}"), await BytesAsync($"b/{cut.NameOf(shard)}"));
        }
    }

    [Fact]
    public async Task Write_OtherShardCount_SameRowsInOrder()
    {
        await WriteAsync("one", new ShardCut(1, IsGzip: false));
        await WriteAsync("seven", new ShardCut(7, IsGzip: false));

        Assert.Equal(7, Directory.GetFiles(_temporary["seven"]).Length);
        Assert.Equal(Datasets.RowsIn(_temporary["one"]), Datasets.RowsIn(_temporary["seven"]));
    }

    [Fact]
    public async Task Write_Gzip_HoldsThePlainText()
    {
        await WriteAsync("plain", Three);
        await WriteAsync("gzip", Three with { IsGzip = true });

        await using var stored = File.OpenRead(_temporary["gzip/part-00001-of-00003.csv.gz"]);
        using var text = new StreamReader(new System.IO.Compression.GZipStream(stored, System.IO.Compression.CompressionMode.Decompress));
        Assert.Equal(
            await File.ReadAllTextAsync(_temporary["plain/part-00001-of-00003.csv"], TestContext.Current.CancellationToken),
            await text.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_DiskFull_LeavesNothing(bool isGzip)
    {
        var cut = Three with { IsGzip = isGzip };
        using (var folder = new ShardFolder(_temporary["new/deep"], cut, path => new FailingStream(path, path.Contains("00001-of", StringComparison.Ordinal) ? 4000 : long.MaxValue)))
        {
            await Assert.ThrowsAsync<IOException>(() => new DatasetWriter(Datasets.Create(Datasets.Teacher), cut).WriteAsync(folder, TestContext.Current.CancellationToken));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary.Root));
    }

    [Fact]
    public async Task Write_FailureOverAnEarlierDataset_KeepsTheEarlier()
    {
        await WriteAsync("data", Three);
        var before = Datasets.RowsIn(_temporary["data"]).ToList();
        using (var folder = new ShardFolder(_temporary["data"], Three, path => new FailingStream(path, 4000)))
        {
            var other = Datasets.Create(Datasets.Teacher with { Seed = 99 });
            await Assert.ThrowsAsync<IOException>(() => new DatasetWriter(other, Three).WriteAsync(folder, TestContext.Current.CancellationToken));
        }

        Assert.Equal(before, Datasets.RowsIn(_temporary["data"]));
        Assert.Equal(3, Directory.GetFileSystemEntries(_temporary["data"]).Length);
    }

    [Fact]
    public async Task Write_Cancelled_LeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        var endless = Datasets.Create(Datasets.Teacher with { Rows = 1_000_000_000_000 });
        var writer = new DatasetWriter(endless, Three);
        using (var folder = new ShardFolder(_temporary["data"], Three, path =>
        {
            stop.Cancel();
            return new FileStream(path, FileMode.Create);
        }))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.WriteAsync(folder, stop.Token));
        }

        Assert.False(Directory.Exists(_temporary["data"]));
    }

    [Fact]
    public async Task Create_FolderInUse_IsRefusedAndDisturbsNothing()
    {
        using (var folder = new ShardFolder(_temporary["data"], Three))
        {
            await new DatasetWriter(Datasets.Create(Datasets.Teacher), Three).WriteAsync(folder, TestContext.Current.CancellationToken);
            Assert.ThrowsAny<IOException>(() => new ShardFolder(_temporary["data"], Three));
            folder.Publish();
        }

        Assert.Equal(Datasets.Teacher.Rows, Datasets.RowsIn(_temporary["data"]).Count());
        Assert.Equal(3, Directory.GetFileSystemEntries(_temporary["data"]).Length);
    }

    [Fact]
    public async Task Publish_NameTaken_RemovesTheNewShards()
    {
        Directory.CreateDirectory(_temporary["data/part-00002-of-00003.csv"]);
        using (var folder = new ShardFolder(_temporary["data"], Three))
        {
            await new DatasetWriter(Datasets.Create(Datasets.Teacher), Three).WriteAsync(folder, TestContext.Current.CancellationToken);
            Assert.ThrowsAny<IOException>(() => folder.Publish());
        }

        Assert.Equal("part-00002-of-00003.csv", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(_temporary["data"]))));
    }

    private Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(_temporary[name], TestContext.Current.CancellationToken);

    private async Task WriteAsync(string name, ShardCut cut)
    {
        using var folder = new ShardFolder(_temporary[name], cut);
        await new DatasetWriter(Datasets.Create(Datasets.Teacher), cut).WriteAsync(folder, TestContext.Current.CancellationToken);
        folder.Publish();
    }
}
