using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>A Coordinator did not answer or refused; the message says what to do.</summary>
internal sealed class UnreachableCoordinatorException(string message) : CloudSweepException(message);
