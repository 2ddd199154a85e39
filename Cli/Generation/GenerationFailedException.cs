using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>The data set could not be written; what had been written is gone again.</summary>
internal sealed class GenerationFailedException(string message, Exception inner) : CloudSweepException(message, inner);
