namespace CloudSweep.Worker.Data.Rows;

/// <summary>The training rows of one block as they arrive in an epoch.</summary>
/// <param name="Shard">Index of the shard in the table.</param>
/// <param name="Block">Index of the block in the shard.</param>
/// <param name="FirstRow">Rank of its first training row among all that arrive in the epoch.</param>
/// <param name="TrainRows">Its training rows.</param>
internal readonly record struct BlockRun(int Shard, int Block, long FirstRow, int TrainRows);
