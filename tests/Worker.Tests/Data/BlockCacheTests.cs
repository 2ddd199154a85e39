using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CsCheck;

namespace CloudSweep.Worker.Tests.Data;

public sealed class BlockCacheTests : IDisposable
{
    private const string SmallTable = "label,x,y\na,1,0.5\nb,2,1.25\na,3,7\n";

    private readonly DataFolder _folder = new();

    [Fact]
    public void WriteBlock_AnyFiniteValues_ReadsBackTheSameBits()
    {
        var value = Gen.OneOf(
            Gen.Byte.Select(x => (double)x), Gen.Int.Select(x => (double)x), Gen.Float.Where(float.IsFinite).Select(x => (double)x), Gen.Double.Where(double.IsFinite), Gen.Const(-0.0));
        Directory.CreateDirectory(_folder.Cache);

        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 80]).SelectMany((columns, rows) => value.Array[columns * rows].Select(values => (columns, rows, values))).Sample(
            sample =>
            {
                var path = Path.Combine(_folder.Cache, Guid.NewGuid().ToString("N"));
                var labels = Enumerable.Range(0, sample.rows).ToArray();
                using (var stream = File.Create(path))
                {
                    var writer = new BlockFileWriter(stream, "key", exception => new CacheUnavailableException("", exception));
                    writer.WriteBlock(sample.values, labels);
                    writer.Finish(new ShardProfile("k", [], [], [], []));
                }

                using var file = BlockFile.Open(path, "key", () => { });
                using var block = new RawBlock();
                file.Read(0, block);
                var column = new double[sample.rows];
                for (var i = 0; i < sample.columns; i++)
                {
                    block.CopyColumn(i, 0, column);
                    Assert.Equal(
                        sample.values.Where((_, index) => index % sample.columns == i).Select(BitConverter.DoubleToInt64Bits),
                        column.Select(BitConverter.DoubleToInt64Bits));
                }

                Assert.Equal(labels, block.Labels.ToArray());
            },
            iter: 200);
    }

    [Theory]
    [InlineData(new double[] { 0, 255 }, (int)ColumnType.UInt8)]
    [InlineData(new double[] { 0, 256 }, (int)ColumnType.Int32)]
    [InlineData(new double[] { -1 }, (int)ColumnType.Int32)]
    [InlineData(new double[] { -0.0, 1 }, (int)ColumnType.Float32)]
    [InlineData(new double[] { 0.5 }, (int)ColumnType.Float32)]
    [InlineData(new double[] { 0.1 }, (int)ColumnType.Float64)]
    [InlineData(new double[] { 16777217, 0.5 }, (int)ColumnType.Float64)]
    public void Smallest_Values_IsTheSmallestExactType(double[] values, int expected) => Assert.Equal((ColumnType)expected, ColumnCodec.Smallest(values));

    [Theory]
    [InlineData(1, 4096)]
    [InlineData(64, 4096)]
    [InlineData(784, 667)]
    [InlineData(100_000, 64)]
    public void RowsPerBlock_Features_StaysWithinBounds(int features, int rows) => Assert.Equal(rows, BlockFormat.RowsPerBlock(features));

    [Fact]
    public async Task Profile_HotCache_IsEqualAndReadsNoText()
    {
        var first = await _folder.ProfileAsync(SmallTable);
        var counters = new DataCounters();

        var second = await _folder.Profiler.ProfileAsync(await _folder.FindAsync("a.csv"), DataFolder.Spec, counters, TestContext.Current.CancellationToken);

        Assert.Equal(CanonicalJson.Write(first), CanonicalJson.Write(second));
        Assert.Equal(0, counters.TextRows);
        Assert.Equal(0, counters.BytesRead);
        Assert.Equal(3, _folder.Counters.TextRows);
        Assert.Equal(SmallTable.Length, _folder.Counters.BytesRead);
    }

    [Fact]
    public async Task Read_AnyByteFlipped_IsDetectedAndHealed()
    {
        await _folder.ProfileAsync(SmallTable);
        var shard = await _folder.FindAsync("a.csv");
        var path = Directory.EnumerateFiles(_folder.Cache).Single();
        var good = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        for (var i = 0; i < good.Length; i++)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= 0x10;
            await File.WriteAllBytesAsync(path, bad, TestContext.Current.CancellationToken);

            Assert.True(IsRefused(CacheKey.Of(shard, DataFolder.Spec)), $"byte {i} of {good.Length}");
            await _folder.Profiler.ProfileAsync(shard, DataFolder.Spec, _folder.Counters, TestContext.Current.CancellationToken);
            using var healed = _folder.Blocks.TryOpen(CacheKey.Of(shard, DataFolder.Spec));
            Assert.NotNull(healed);
        }

        Assert.Equal(good, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Publish_OverTheLimit_DropsTheLeastRecentlyUsedButNoneInUse()
    {
        using var folder = new DataFolder(cacheLimit: 1);
        await folder.ProfileAsync(SmallTable, name: "a.csv");
        var first = Directory.EnumerateFiles(folder.Cache).Single();
        using (folder.Blocks.TryOpen(CacheKey.Of(await folder.FindAsync("a.csv"), DataFolder.Spec)))
        {
            await folder.ProfileAsync(SmallTable, name: "b.csv");
            Assert.True(File.Exists(first));
        }

        await folder.ProfileAsync(SmallTable, name: "c.csv");

        var left = Assert.Single(Directory.EnumerateFiles(folder.Cache));
        Assert.EndsWith(CacheKey.Of(await folder.FindAsync("c.csv"), DataFolder.Spec) + ".blocks", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_DiskFull_SaysSoAndLeavesNothing()
    {
        using var folder = new DataFolder(createFile: path => new FullDisk(path));
        folder.Put("a.csv", SmallTable);
        var shard = await folder.FindAsync("a.csv");

        var exception = await Assert.ThrowsAsync<CacheUnavailableException>(() => folder.Profiler.ProfileAsync(shard, DataFolder.Spec, folder.Counters, TestContext.Current.CancellationToken));

        Assert.Contains("No space left on device", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Cache));
    }

    public void Dispose() => _folder.Dispose();

    private bool IsRefused(string key)
    {
        using var file = _folder.Blocks.TryOpen(key);
        using var block = new RawBlock();
        try
        {
            file?.Read(0, block);
            return file is null;
        }
        catch (CorruptBlockException exception)
        {
            _folder.Blocks.Discard(key, exception);
            return true;
        }
    }

    private sealed class FullDisk(string path) : FileStream(path, FileMode.CreateNew)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Position + buffer.Length > 256)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }
}
