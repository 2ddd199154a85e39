using CloudSweep.Core.Domain;
using ZstdSharp;

namespace CloudSweep.Worker.Tests.Data.Formats;

public sealed class CompressionTests : IDisposable
{
    private const string Table = "label,x\n0,1\n1,2\n2,3\n";
    private const string Corrupt = "a.csv.zst: the Zstandard data is corrupt, cut off, or made with a window of over 128 MiB; make the file again, or take .zst off its name if it is not compressed.";

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Profile_ZstandardCutAnywhere_Throws()
    {
        var whole = await File.ReadAllBytesAsync(_folder.Put("a.csv.zst", Table), TestContext.Current.CancellationToken);

        for (var length = 1; length < whole.Length; length++)
        {
            Assert.Equal(Corrupt, (await FailAsync(whole[..length])).Message);
        }
    }

    [Fact]
    public async Task Profile_ZstandardOfTwoFrames_ReadsBoth()
    {
        var first = await File.ReadAllBytesAsync(_folder.Put("a.csv.zst", "label,x\n0,1\n"), TestContext.Current.CancellationToken);
        var second = await File.ReadAllBytesAsync(_folder.Put("a.csv.zst", "1,2\n"), TestContext.Current.CancellationToken);
        Write([.. first, .. second]);

        Assert.Equal(2, (await _folder.ProfileFileAsync("a.csv.zst")).Blocks.Sum(block => block.Rows));
    }

    [Fact]
    public async Task Profile_ZstandardWithGarbageBehind_Throws()
    {
        var whole = await File.ReadAllBytesAsync(_folder.Put("a.csv.zst", Table), TestContext.Current.CancellationToken);

        Assert.Equal(Corrupt, (await FailAsync([.. whole, .. "garbage"u8])).Message);
    }

    [Fact]
    public async Task Profile_GzipWithGarbageBehind_Throws()
    {
        var path = _folder.Put("a.csv.gz", Table);
        await File.AppendAllTextAsync(path, "garbage", TestContext.Current.CancellationToken);

        var exception = await _folder.FailFileAsync("a.csv.gz");

        Assert.Equal("a.csv.gz: the gzip data is corrupt or cut off; make the file again, or take .gz off its name if it is not compressed.", exception.Message);
    }

    [Fact]
    public async Task Profile_ZstandardThatIsPlainText_Throws() => Assert.Equal(Corrupt, (await FailAsync(TableFiles.Utf8(Table))).Message);

    [Fact]
    public async Task Profile_ZstandardWithALargerWindow_Throws()
    {
        // A frame (RFC 8878, 3.1.1) with a window of 2^28 bytes and one raw block with the text "label".
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 18 << 3, (5 << 3) | 1, 0, 0, .. "label"u8];

        Assert.Equal(Corrupt, (await FailAsync(frame)).Message);
    }

    [Fact]
    public async Task Profile_ZstandardWithTheLargestWindow_Reads()
    {
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3, (12 << 3) | 1, 0, 0, .. "label,x\n0,1\n"u8];
        Write(frame);

        Assert.Equal(1, (await _folder.ProfileFileAsync("a.csv.zst")).Blocks.Sum(block => block.Rows));
    }

    [Theory]
    [InlineData("a.csv.zst", "a.csv.zst, line 1: the record is longer than 1048576 bytes, the most a record may have; check the quotes and line ends.")]
    [InlineData("a.svm.zst", "a.svm.zst, line 1: the line is longer than 4194304 bytes, the most a line may have; check the line ends.")]
    public async Task Profile_ALineOf100Megabytes_Throws(string name, string message)
    {
        await using (var stream = new CompressionStream(File.Create(Path.Combine(_folder.Data, name)), leaveOpen: false))
        {
            var piece = new byte[1 << 20];
            piece.AsSpan().Fill((byte)'1');
            for (var i = 0; i < 100; i++)
            {
                await stream.WriteAsync(piece, TestContext.Current.CancellationToken);
            }
        }

        var exception = await _folder.FailFileAsync(name, DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0) });

        Assert.Equal(message, exception.Message);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.Data, "a.csv.zst"), bytes);

    private async Task<DataErrorException> FailAsync(byte[] bytes)
    {
        Write(bytes);
        return await _folder.FailFileAsync("a.csv.zst");
    }
}
