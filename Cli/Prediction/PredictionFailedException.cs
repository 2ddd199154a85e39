using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Prediction;

/// <summary>The predictions could not be written.</summary>
internal sealed class PredictionFailedException(string message, Exception inner) : CloudSweepException(message, inner);
