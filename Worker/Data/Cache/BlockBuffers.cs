using System.Buffers;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>
/// Buffers as large as a block, 1 to some 16 MiB. A pool of their own: the shared one keeps an array for every thread that ever gave one back, and work on blocks moves from thread to thread. It keeps what was in use at once at most, for as long as the process lives.
/// </summary>
internal static class BlockBuffers
{
    private const int MostOfALength = 16;

    public static ArrayPool<byte> Bytes { get; } = ArrayPool<byte>.Create(Array.MaxLength, MostOfALength);

    public static ArrayPool<double> Numbers { get; } = ArrayPool<double>.Create(Array.MaxLength, MostOfALength);
}
