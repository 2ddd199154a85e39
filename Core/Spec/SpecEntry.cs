namespace CloudSweep.Core.Spec;

/// <summary>One key of a map and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyLine">Line of the key, from 1; 0 when unknown.</param>
/// <param name="Value">The value.</param>
public sealed record SpecEntry(string Key, int KeyLine, SpecNode Value);
