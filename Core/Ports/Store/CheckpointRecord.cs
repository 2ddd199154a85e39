using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Store;

/// <summary>A registered checkpoint.</summary>
/// <param name="Name">Name in the <see cref="Checkpoints.CheckpointStore"/>; unique.</param>
/// <param name="Job">The job it belongs to.</param>
/// <param name="FencingToken">Token under which it was registered.</param>
/// <param name="Position">Training rows that every open trial of the job has read, over all epochs; of a model, optimizer steps of its trial.</param>
/// <param name="SizeBytes">Size of the object.</param>
/// <param name="IsObsolete">Replaced by a later one, or nobody needs it any more: to be deleted.</param>
/// <param name="Trial">The trial whose weights it keeps beyond the job, to predict with; null = the job's open lanes, to resume from.</param>
public sealed record CheckpointRecord(string Name, JobId Job, long FencingToken, long Position, long SizeBytes, bool IsObsolete, int? Trial = null);
