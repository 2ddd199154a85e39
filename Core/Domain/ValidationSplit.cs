namespace CloudSweep.Core.Domain;

/// <summary>Holds out rows by a hash of their position, the same in every repeat.</summary>
/// <param name="Fraction">Expected share of rows held out, in (0, 1). Default 0.2.</param>
/// <param name="Seed">Seed of the split. Default 0.</param>
public sealed record ValidationSplit(double Fraction, long Seed);
