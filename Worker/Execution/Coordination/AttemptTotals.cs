namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>What an attempt consumed since it started; never decreasing.</summary>
/// <param name="TextRows">Rows parsed from text.</param>
/// <param name="BlockRows">Rows read from cached blocks.</param>
/// <param name="BytesRead">Bytes read from shards.</param>
/// <param name="LaneRows">Training rows consumed, summed over lanes.</param>
internal readonly record struct AttemptTotals(long TextRows, long BlockRows, long BytesRead, long LaneRows);
