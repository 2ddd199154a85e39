namespace CloudSweep.Core.Ports.Store;

/// <summary>What attempts read, summed up; as in <see cref="AttemptRecord"/>.</summary>
/// <param name="TextRows">Rows parsed from text.</param>
/// <param name="BlockRows">Rows read from cached blocks.</param>
/// <param name="BytesRead">Bytes read from shards.</param>
/// <param name="LaneRows">Training rows consumed, summed over lanes.</param>
public sealed record AttemptTotals(long TextRows, long BlockRows, long BytesRead, long LaneRows);
