namespace CloudSweep.Coordinator.Application;

/// <summary>A submission.</summary>
/// <param name="Owner">Who submits; empty for a local caller.</param>
/// <param name="RequestId">Chosen by the caller; repeating it returns the stored sweep.</param>
/// <param name="SpecJson">Normalized sweep file.</param>
/// <param name="ShardTableJson">Shard table.</param>
/// <param name="IsFresh">Always a new sweep, even when one of the same file and data exists.</param>
/// <param name="Replaces">A new sweep cancels those of the same file that are not final.</param>
internal sealed record NewSweep(string Owner, string RequestId, string SpecJson, string ShardTableJson, bool IsFresh, bool Replaces = false);
