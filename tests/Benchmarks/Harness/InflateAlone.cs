using System.IO.Compression;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>The base library's inflater over gzip members in memory, on one thread, with nothing done with the text.</summary>
internal static class InflateAlone
{
    private const int BufferBytes = 128 * 1024;

    public static Timing Measure(byte[] member) => Timing.Of(() =>
    {
        var buffer = new byte[BufferBytes];
        using var text = new GZipStream(new MemoryStream(member), CompressionMode.Decompress);
        while (text.Read(buffer) > 0)
        {
        }
    });
}
