namespace CloudSweep.StorageEmulator.Faults;

/// <summary>A scripted fault has ended the answer or the request; whatever was to follow must not happen.</summary>
internal sealed class AnswerEndedException : IOException;
