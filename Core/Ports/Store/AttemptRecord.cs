using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Store;

/// <summary>What one attempt has read and trained; never decreasing.</summary>
/// <param name="Job">The job.</param>
/// <param name="FencingToken">The attempt's token.</param>
/// <param name="Worker">Who made it.</param>
/// <param name="StartedAt">When it was granted.</param>
/// <param name="TextRows">Rows parsed from text.</param>
/// <param name="BlockRows">Rows read from cached blocks.</param>
/// <param name="BytesRead">Stored bytes read from shards.</param>
/// <param name="LaneRows">Training rows consumed, summed over lanes.</param>
public sealed record AttemptRecord(
    JobId Job,
    long FencingToken,
    string Worker,
    DateTimeOffset StartedAt,
    long TextRows = 0,
    long BlockRows = 0,
    long BytesRead = 0,
    long LaneRows = 0);
