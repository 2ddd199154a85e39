using System.IO.Compression;
using System.IO.Hashing;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Streams;

namespace CloudSweep.Worker.Tests.Data.Streams;

public sealed class GzipTextStreamTests
{
    private static readonly byte[] Text = "label,x\n0,1\n1,2\n"u8.ToArray();

    [Theory]
    [MemberData(nameof(GzipTexts.KindsAndLevels), MemberType = typeof(GzipTexts))]
    public async Task Read_AnyTextInPiecesOfAnySize_GivesTheText(GzipTextKind kind, CompressionLevel level)
    {
        var texts = new GzipTexts(seed: 1);
        (int Length, int Stored, int Read)[] sizes =
            [(0, 1, 1), (1, 1, 1), (2, 3, 7), (3, 100, 1), (257, 1, 3), (258, 2, 1000), (259, 5, 64), (4_000, 1, 1), (32_767, 11, 4_096), (32_768, 977, 100), (33_027, 8_192, 30_001), (98_304, 70_000, 200_000), (300_001, 9_999, 65_536)];

        foreach (var (length, storedBytes, readBytes) in sizes)
        {
            var text = texts.Make(kind, length);

            Assert.Equal(text, await ReadAsync(GzipTexts.Zip(text, level), storedBytes, readBytes));
        }
    }

    [Fact]
    public async Task Read_ManyMembers_GivesOneTextAfterTheOther()
    {
        var texts = new GzipTexts(seed: 2);
        byte[][] all = [.. Enumerable.Range(0, 60).Select(index => texts.Make((GzipTextKind)(index % 7), index * 97 % 5_000))];

        var read = await ReadAsync([.. all.SelectMany((text, index) => GzipTexts.Zip(text, (CompressionLevel)(index % 4)))], 1_000, 10_000);

        Assert.Equal(all.SelectMany(text => text), read);
    }

    [Fact]
    public async Task Read_NoBytesAtAll_IsEmpty() => Assert.Empty(await ReadAsync([]));

    [Fact]
    public async Task Read_AllFieldsOfAHeader_PassesOverThem()
    {
        byte[] fields = [3, 0, 7, 8, 9, .. "name\0"u8, .. "a comment\0"u8];
        byte[] header = [0x1F, 0x8B, 8, 2 + 4 + 8 + 16, 1, 2, 3, 4, 0, 3, .. fields];
        var checksum = Crc32.HashToUInt32(header);

        var member = GzipMember.Of(GzipMember.Stored(Text), Text, 2 + 4 + 8 + 16, [.. fields, (byte)checksum, (byte)(checksum >> 8)]);

        Assert.Equal(Text, await ReadAsync(member, 1));
        await AssertCorruptAsync(GzipMember.Of(GzipMember.Stored(Text), Text, 2 + 4 + 8 + 16, [.. fields, (byte)~checksum, (byte)(checksum >> 8)]));
    }

    [Fact]
    public async Task Read_OtherMethodOrUnknownFlag_Throws()
    {
        await AssertCorruptAsync(GzipMember.Of(GzipMember.Stored(Text), Text, method: 7));
        await AssertCorruptAsync(GzipMember.Of(GzipMember.Stored(Text), Text, flags: 0x20));
    }

    [Fact]
    public async Task Read_OtherTextThanTheTrailerSays_Throws()
    {
        await AssertCorruptAsync(GzipMember.Of(GzipMember.Stored(Text), [.. Text.Reverse()]));
        await AssertCorruptAsync(GzipMember.Of(GzipMember.Stored(Text), Text)[..^1].Append((byte)1).ToArray());
    }

    [Fact]
    public async Task Read_AgainAfterAnError_ThrowsItAgain()
    {
        var text = "abc"u8.ToArray();
        await using var stream = new GzipTextStream(new MemoryStream(GzipMember.Of(GzipMember.Stored(text), "abd"u8.ToArray())));
        var first = await Assert.ThrowsAsync<RecordFormatException>(async () => await stream.ReadAtLeastAsync(new byte[8], 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken));

        Assert.Same(first, await Assert.ThrowsAsync<RecordFormatException>(async () => await stream.ReadAtLeastAsync(new byte[8], 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Read_AnythingElseBehindAMember_Throws()
    {
        var member = GzipTexts.Zip(Text, CompressionLevel.Optimal);

        foreach (byte[] behind in (byte[][])[[0], [0x1F], [0x1F, 0x8B], [.. "garbage"u8], new byte[512], member[..^1]])
        {
            await AssertCorruptAsync([.. member, .. behind]);
        }
    }

    [Fact]
    public async Task Read_CutOff_GivesTheTextBeforeAndThrows()
    {
        var text = new GzipTexts(seed: 3).Make(GzipTextKind.Numbers, 200_000);
        var member = GzipTexts.Zip(text, CompressionLevel.Optimal);
        using var stream = new GzipTextStream(new MemoryStream(member[..(member.Length / 2)]));
        using var read = new MemoryStream();

        await Assert.ThrowsAsync<RecordFormatException>(() => stream.CopyToAsync(read, TestContext.Current.CancellationToken));

        Assert.InRange(read.Length, text.Length / 3, text.Length);
        Assert.Equal(text[..(int)read.Length], read.ToArray());
    }

    [Fact]
    public async Task Read_CutAnywhere_Throws()
    {
        foreach (var kind in Enum.GetValues<GzipTextKind>())
        {
            var member = GzipTexts.Zip(new GzipTexts(seed: 4).Make(kind, 600), CompressionLevel.Optimal);
            for (var length = 1; length < member.Length; length++)
            {
                await AssertCorruptAsync(member[..length]);
            }
        }
    }

    /// <summary>What zlib reads with a bit turned is read the same, and what it calls corrupt is called so.</summary>
    [Fact]
    public async Task Read_AnyBitTurned_IsCorruptOrAsTheBaseLibraryReadsIt()
    {
        var read = 0;
        foreach (var kind in Enum.GetValues<GzipTextKind>())
        {
            var member = GzipTexts.Zip(new GzipTexts(seed: 5).Make(kind, 120), CompressionLevel.Optimal);
            for (var bit = 0; bit < member.Length * 8; bit++)
            {
                var turned = (byte[])member.Clone();
                turned[bit / 8] ^= (byte)(1 << (bit % 8));
                if (BaseLibrary(turned) is { } text)
                {
                    read++;
                    Assert.Equal(text, await ReadAsync(turned));
                }
                else
                {
                    await AssertCorruptAsync(turned);
                }
            }
        }

        Assert.InRange(read, 7 * 40, 7 * 100);
    }

    [Fact]
    public async Task Read_RandomBlocks_ThrowsOrEnds()
    {
#pragma warning disable CA5394 // Reproducible, not secret.
        var random = new Random(6);
        for (var i = 0; i < 3_000; i++)
        {
            var deflated = new byte[random.Next(1, 400)];
            random.NextBytes(deflated);

            // Kinds of blocks by turns: of its own codes, of the fixed ones, stored.
            deflated[0] = (byte)((deflated[0] & ~7) | (i % 3 << 1));
            await AssertCorruptAsync(GzipMember.Of(deflated, Text), random.Next(1, 500));
        }
#pragma warning restore CA5394
    }

    [Fact]
    public async Task Dispose_ClosesTheStoredStream()
    {
        var stored = new MemoryStream(GzipTexts.Zip(Text, CompressionLevel.Optimal));
        await using (var stream = new GzipTextStream(stored))
        {
            Assert.Equal(1, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }

        Assert.False(stored.CanRead);
    }

    /// <summary>The text, null if it is corrupt or cut off, which the library tells only of what is not the end: so there is one more member behind.</summary>
    private static byte[]? BaseLibrary(byte[] member)
    {
        byte[] seal = [.. "the end of the text"u8];
        try
        {
            using var stream = new GZipStream(new MemoryStream([.. member, .. GzipTexts.Zip(seal, CompressionLevel.Fastest)]), CompressionMode.Decompress);
            using var text = new MemoryStream();
            stream.CopyTo(text);
            return text.ToArray() is var all && all.AsSpan().EndsWith(seal) ? all[..^seal.Length] : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task AssertCorruptAsync(byte[] stored, int storedBytes = int.MaxValue)
    {
        var exception = await Assert.ThrowsAsync<RecordFormatException>(() => ReadAsync(stored, storedBytes));

        Assert.Equal("the gzip data is corrupt or cut off; make the file again, or take .gz off its name if it is not compressed", exception.Message);
        Assert.Equal(RecordPlace.WholeShard, exception.Place);
    }

    private static async Task<byte[]> ReadAsync(byte[] stored, int storedBytes = int.MaxValue, int readBytes = 10_000)
    {
        await using var stream = new GzipTextStream(new TricklingStream(stored, storedBytes));
        using var text = new MemoryStream();
        await stream.CopyToAsync(text, readBytes, TestContext.Current.CancellationToken);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        return text.ToArray();
    }
}
