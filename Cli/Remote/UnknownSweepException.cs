using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Remote;

/// <summary>What was given as SWEEP names no sweep, or several.</summary>
internal sealed class UnknownSweepException(string message) : CloudSweepException(message);
