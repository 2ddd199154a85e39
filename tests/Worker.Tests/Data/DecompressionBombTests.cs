using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>A few bytes that stand for very many end with a clear mistake, not with the memory or the disk.</summary>
public sealed class DecompressionBombTests : IDisposable
{
    private readonly DataFolder _folder = new(cacheLimit: 8 << 20);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bomb.csv.gz", "\0")]
    [InlineData("bomb.csv.gz", "1")]
    [InlineData("bomb.csv.zst", "1")]
    [InlineData("bomb.svm.gz", "1")]
    [InlineData("bomb.data.gz", "1")]
    public async Task Profile_TenGigabytesOfOneLine_TellsItsLength(string name, string text)
    {
        // 10 MB that say ten million letters, a thousand times.
        var bytes = Write(name, "1,", text, members: 1000);

        var exception = await _folder.FailFileAsync(name, DataFolder.Spec with { Label = new Core.Domain.ColumnSelector.ByIndex(0) });

        Assert.InRange(bytes, 1 << 15, 16 << 20);
        Assert.StartsWith($"{name}, line 1: the ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(" is longer than ", exception.Message, StringComparison.Ordinal);
        Assert.InRange(_folder.Counters.BytesRead, 1, 1 << 20);
        Assert.Empty(Directory.Exists(_folder.Cache) ? Directory.GetFiles(_folder.Cache) : []);
    }

    [Theory]
    [InlineData("bomb.csv.gz")]
    [InlineData("bomb.csv.zst")]
    public async Task Profile_TenGigabytesOfRows_StopsAtTheCacheLimit(string name)
    {
        Write(name, "1,2\n", "0,1\n", members: 1000);

        var exception = await _folder.FailFileAsync(name, DataFolder.Spec with { Label = new Core.Domain.ColumnSelector.ByIndex(0) });

        Assert.Equal(
            $"{name}: its rows take more than 8388608 bytes in the block cache, the most that Data:CacheSizeLimitBytes allows one shard; split it, or raise the limit if the data is meant to be so large.",
            exception.Message);
        Assert.InRange(_folder.Counters.BytesRead, 1, 1 << 20);
        Assert.Empty(Directory.GetFiles(_folder.Cache));
    }

    /// <summary>Writes a head, and then the same ten million letters as often as there are members. Returns the size of the file, bytes.</summary>
    private long Write(string name, string head, string text, int members)
    {
        var body = Compress(name, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text, 10_000_000 / text.Length))));
        var path = Path.Combine(_folder.Data, name);
        using var file = File.Create(path);
        file.Write(Compress(name, Encoding.UTF8.GetBytes(head)));
        for (var i = 0; i < members; i++)
        {
            file.Write(body);
        }

        return file.Length;
    }

    private static byte[] Compress(string name, byte[] text)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(compressed, CompressionLevel.SmallestSize) : new CompressionStream(compressed, leaveOpen: true))
        {
            stream.Write(text);
        }

        return compressed.ToArray();
    }
}
