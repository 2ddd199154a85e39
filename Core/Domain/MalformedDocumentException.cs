namespace CloudSweep.Core.Domain;

/// <summary>A stored or received document can't be read.</summary>
public sealed class MalformedDocumentException(string message, Exception? inner = null) : CloudSweepException(message, inner);
