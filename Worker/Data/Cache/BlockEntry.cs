namespace CloudSweep.Worker.Data.Cache;

/// <summary>Where a block is in its file.</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="FirstRow">Row of the shard that is the block's first.</param>
/// <param name="Rows">Rows, ≥ 1.</param>
/// <param name="Hash">XxHash3 of the bytes.</param>
/// <param name="Types">A <see cref="ColumnType"/> per feature column.</param>
internal sealed record BlockEntry(long Offset, int Length, long FirstRow, int Rows, ulong Hash, byte[] Types);
