using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.TestSupport;

namespace CloudSweep.Worker.Tests.Data;

public sealed class ObjectShardSourceTests : ShardSourceContract, IDisposable
{
    private readonly DataBucket _bucket = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    protected override IShardSource Source => _bucket.Source;

    public void Dispose() => _bucket.Dispose();

    [Fact]
    public async Task Find_Object_HasGenerationAndChecksum()
    {
        await PutAsync("100%41 of it.csv", "123456789"u8.ToArray());
        var stored = await _bucket.Memory.FindAsync("data/100%41 of it.csv", None);

        var shard = await FindOneAsync("100*.csv");

        Assert.Equal(new Shard("%41 of it", "gs://bucket/data/100%41 of it.csv", 9, stored!.Version, "e3069283"), shard);
    }

    [Theory]
    [InlineData("gs://other/x.csv")]
    [InlineData("gs://bucket2/x.csv")]
    public async Task Find_BucketThatIsNotAllowed_NamesTheSetting(string pattern)
    {
        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(pattern, None));

        Assert.StartsWith($"'{pattern}' may not be read: the bucket '", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Data:AllowedBuckets", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_BucketThatIsNotAllowed_NamesTheSetting()
    {
        var shard = new Shard("x", "gs://other/x.csv", 1, "1", "00000000");

        await Assert.ThrowsAsync<DataErrorException>(() => Source.OpenAsync(shard, None));
        await Assert.ThrowsAsync<DataErrorException>(() => Source.OpenRangesAsync(shard, None));
    }

    [Theory]
    [InlineData("gs://bucket")]
    [InlineData("gs://bucket/")]
    [InlineData("gs:///x.csv")]
    [InlineData("gs://bucket//x.csv")]
    public async Task Find_NoNameInTheBucket_TellsTheForm(string pattern)
    {
        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync(pattern, None));

        Assert.Equal(
            $"The data pattern '{pattern}' must be a bucket and the name of objects, with one '/' between segments; write it as gs://bucket/folder/part-*.csv.gz.", exception.Message);
    }

    [Fact]
    public async Task Find_FolderPlaceholders_ArePassedOver()
    {
        await _bucket.Memory.WriteAsync("data/", (_, _) => Task.CompletedTask, WriteCondition.None, None);
        await PutAsync("a.csv", [1]);

        Assert.Equal("a", (await FindOneAsync("*")).Key);
    }

    [Fact]
    public async Task Find_StoreRefuses_IsAMistakeInTheData()
    {
        _bucket.Objects.AskFailure = new StorageException("gs://bucket: no permission to list.", isTransient: false);

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => Source.FindAsync("gs://bucket/data/*.csv", None));

        Assert.Equal("The data pattern 'gs://bucket/data/*.csv' can't be searched. gs://bucket: no permission to list.", exception.Message);
    }

    [Fact]
    public async Task FindAndOpen_StoreIsBusy_StaysSo()
    {
        await PutAsync("a.csv", [1]);
        var shard = await FindOneAsync("a.csv");
        var busy = new StorageException("Busy.", isTransient: true);
        (_bucket.Objects.AskFailure, _bucket.Objects.OpenFailure) = (busy, busy);

        Assert.Same(busy, await Assert.ThrowsAsync<StorageException>(() => Source.FindAsync("gs://bucket/data/*.csv", None)));
        Assert.Same(busy, await Assert.ThrowsAsync<StorageException>(() => Source.OpenAsync(shard, None)));
    }

    [Fact]
    public async Task Open_ReplacedObject_NamesTheShardAndItsVersion()
    {
        await PutAsync("a.csv", [1]);
        var shard = await FindOneAsync("a.csv");
        await PutAsync("a.csv", [2]);

        var exception = await Assert.ThrowsAsync<DataChangedException>(() => Source.OpenAsync(shard, None));

        Assert.StartsWith("a.csv was replaced or deleted since the sweep was made", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"(generation {shard.Version})", exception.Message, StringComparison.Ordinal);
        Assert.Contains("upload those again and resume it, or submit the file again", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SameBytesUploadedAgain_GoesOnWithThem()
    {
        await PutAsync("a.csv", [1, 2, 3]);
        var shard = await FindOneAsync("a.csv");
        await PutAsync("a.csv", [9]);
        await PutAsync("a.csv", [1, 2, 3]);

        await using var stream = await Source.OpenAsync(shard, None);

        var bytes = new byte[4];
        Assert.Equal(3, await stream.ReadAtLeastAsync(bytes, 4, throwOnEndOfStream: false, None));
        Assert.Equal([1, 2, 3], bytes[..3]);
    }

    [Fact]
    public async Task OpenRanges_Object_IsReadOnceAndLeavesNoFile()
    {
        await PutAsync("a.parquet", new byte[3_000_000]);
        var shard = await FindOneAsync("a.parquet");

        using (var ranges = await Source.OpenRangesAsync(shard, None))
        {
            Assert.Equal((3_000_000, 3_000_000), (ranges.Length, ranges.OpeningBytes));
        }

        Assert.Empty(_bucket.CachedFiles);
    }

    protected override Task PutAsync(string name, byte[] content) => _bucket.PutAsync(name, content);

    protected override Task DeleteAsync(string name) => _bucket.DeleteAsync(name);

    protected override string PatternOf(string relative) => DataBucket.PatternOf(relative);
}
