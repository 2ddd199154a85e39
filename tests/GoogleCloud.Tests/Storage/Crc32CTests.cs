using System.Text;
using CloudSweep.GoogleCloud.Storage;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class Crc32CTests
{
    [Theory]
    [InlineData("", 0u, "AAAAAA==")]
    [InlineData("123456789", 0xE3069283u, "4waSgw==")]
    public void Append_KnownText_GivesTheKnownChecksum(string text, uint expected, string base64)
    {
        Assert.Equal(expected, Crc32C.Append(0, Encoding.ASCII.GetBytes(text)));
        Assert.Equal(base64, Crc32C.ToBase64(expected));
        Assert.Equal(expected, Crc32C.FromBase64(base64));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData((3 * 4096) - 1)]
    [InlineData(3 * 4096)]
    [InlineData(100_003)]
    public void Append_AnyLength_IsTheChecksumBitByBit(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);

        Assert.Equal(BitByBit(bytes), Crc32C.Append(0, bytes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    [InlineData(50_000)]
    public void AppendAndCombine_InTwoParts_AreTheChecksumOfTheWhole(int cut)
    {
        var bytes = new byte[50_000];
        new Random(1).NextBytes(bytes);
        var whole = Crc32C.Append(0, bytes);
        var (first, second) = (Crc32C.Append(0, bytes.AsSpan(..cut)), Crc32C.Append(0, bytes.AsSpan(cut..)));

        Assert.Equal(whole, Crc32C.Append(first, bytes.AsSpan(cut..)));
        Assert.Equal(whole, Crc32C.Combine(first, second, bytes.Length - cut));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4waS")]
    [InlineData("no base64")]
    [InlineData("4waSg4waSg==")]
    public void FromBase64_SomethingElse_IsNull(string? text) => Assert.Null(Crc32C.FromBase64(text));

    private static uint BitByBit(byte[] bytes)
    {
        var state = uint.MaxValue;
        foreach (var value in bytes)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) == 1 ? (state >> 1) ^ 0x82F63B78 : state >> 1;
            }
        }

        return ~state;
    }
}
