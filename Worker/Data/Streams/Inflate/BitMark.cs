namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>A place in stored bits.</summary>
/// <param name="Next">The byte behind those whose bits are counted.</param>
/// <param name="Bits">The next bits.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct BitMark(int Next, ulong Bits, int Count);
