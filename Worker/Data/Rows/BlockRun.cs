namespace CloudSweep.Worker.Data.Rows;

/// <summary>The rows of one side of a block in an order of arrival.</summary>
/// <param name="Shard">Index of the shard in the table.</param>
/// <param name="Block">Index of the block in the shard.</param>
/// <param name="FirstRow">Rank of its first row among all that arrive.</param>
/// <param name="Rows">Rows of that side, ≥ 1.</param>
internal readonly record struct BlockRun(int Shard, int Block, long FirstRow, int Rows);
