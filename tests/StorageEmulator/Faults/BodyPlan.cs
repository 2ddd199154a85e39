namespace CloudSweep.StorageEmulator.Faults;

/// <summary>How the body of an answer is sent.</summary>
/// <param name="BytesPerSecond">Its speed; null for no limit.</param>
/// <param name="EndsAfter">Byte at which <paramref name="Ending"/> happens; null when the body is whole.</param>
/// <param name="Ending">How it ends early: returns once the connection is of no use any more.</param>
/// <param name="WrongAt">The byte that is sent wrong; null when all are right.</param>
internal sealed record BodyPlan(long? BytesPerSecond = null, long? EndsAfter = null, Func<Task>? Ending = null, long? WrongAt = null);
