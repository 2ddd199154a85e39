using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Streams;

namespace CloudSweep.Worker.Tests.Data.Streams;

/// <summary>Codes that a compressor rarely makes, or never.</summary>
public sealed class DeflateCodesTests
{
    /// <summary>Only one distance, whose code is one bit, as zlib allows.</summary>
    [Fact]
    public async Task Read_OneDistanceCode_Reads()
    {
        var block = OwnCodes(distanceBits: 1).Code("10").Code("0").Code("0").Code("11").ToArray();

        Assert.Equal("aaaa"u8.ToArray(), await ReadAsync(block, "aaaa"u8.ToArray()));
    }

    [Fact]
    public async Task Read_NoDistanceCode_ReadsLiterals()
    {
        var block = OwnCodes(distanceBits: 0).Code("10").Code("10").Code("11").ToArray();

        Assert.Equal("aa"u8.ToArray(), await ReadAsync(block, "aa"u8.ToArray()));
    }

    [Theory]
    [InlineData(0, "0", "no distance has a code, but one is used")]
    [InlineData(1, "1", "the bit that is no code")]
    [InlineData(2, "0", "one distance whose code is two bits")]
    public async Task Read_DistanceWithoutCode_Throws(int distanceBits, string used, string what)
    {
        var block = OwnCodes(distanceBits).Code("10").Code("0").Code(used).Code("11").ToArray();

        var exception = await Assert.ThrowsAsync<RecordFormatException>(() => ReadAsync(block, "aaaa"u8.ToArray()));
        Assert.True(exception.InnerException is InvalidDataException, what);
    }

    [Theory]
    [InlineData(30, 0, 0)]
    [InlineData(0, 30, 0)]
    public async Task Read_MoreSymbolsThanThereAre_Throws(int symbols, int distances, int rest)
    {
        byte[] block = [.. new BitWriter().Number(1, 1).Number(2, 2).Number(symbols, 5).Number(distances, 5).Number(rest, 4).ToArray(), .. new byte[400]];

        var exception = await Assert.ThrowsAsync<RecordFormatException>(() => ReadAsync(block, []));
        Assert.Equal("A block has codes for more symbols than there are.", exception.InnerException?.Message);
    }

    [Theory]
    [InlineData("11000110", "Bits are no code of a literal or a length.")]
    [InlineData("11000111", "Bits are no code of a literal or a length.")]
    [InlineData("000000111110", "Bits are no code of a distance, or it goes back before the text.")]
    [InlineData("000000100000", "Bits are no code of a distance, or it goes back before the text.")]
    public async Task Read_FixedSymbolOfNoMeaning_Throws(string bits, string mistake)
    {
        byte[] block = [.. new BitWriter().Number(1, 1).Number(1, 2).Code(bits).Code("0000000").ToArray(), .. new byte[8]];

        var exception = await Assert.ThrowsAsync<RecordFormatException>(() => ReadAsync(block, []));
        Assert.Equal(mistake, exception.InnerException?.Message);
    }

    /// <summary>A match must not go back into the member before.</summary>
    [Fact]
    public async Task Read_MatchIntoTheMemberBefore_Throws()
    {
        var text = "abcdefgh"u8.ToArray();
        var back = new BitWriter().Number(1, 1).Number(1, 2).Code("0000001").Code("00000").Code("0000000").ToArray();
        byte[] stored = [.. GzipMember.Of(GzipMember.Stored(text), text), .. GzipMember.Of(back, "hhh"u8.ToArray())];

        await Assert.ThrowsAsync<RecordFormatException>(() => ReadAllAsync(stored));
    }

    /// <summary>A last block with codes for a ("10"), its end ("11"), a length of 3 ("0") and, with the bits given for its code, the distance 1.</summary>
    private static BitWriter OwnCodes(int distanceBits)
    {
        var block = new BitWriter().Number(1, 1).Number(2, 2).Number(1, 5).Number(0, 5).Number(14, 4);

        // Lengths of the codes of lengths, in the order 16, 17, 18, 0, 8, …, 1: 18 (zeros) and 0 have two bits, 1 and 2 too.
        foreach (var length in (int[])[0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2])
        {
            block.Number(length, 3);
        }

        // Codes by symbol: 0 = 00, 1 = 01, 2 = 10, 18 = 11.
        block.Code("11").Number(97 - 11, 7).Code("10").Code("11").Number(138 - 11, 7).Code("11").Number(20 - 11, 7).Code("10").Code("01");
        return block.Code(distanceBits switch { 0 => "00", 1 => "01", _ => "10" });
    }

    private static Task<byte[]> ReadAsync(byte[] deflated, byte[] text) => ReadAllAsync(GzipMember.Of(deflated, text));

    private static async Task<byte[]> ReadAllAsync(byte[] stored)
    {
        await using var stream = new GzipTextStream(new MemoryStream(stored));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, TestContext.Current.CancellationToken);
        return all.ToArray();
    }
}
