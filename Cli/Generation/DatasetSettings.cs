namespace CloudSweep.Cli.Generation;

/// <summary>All that the rows of a generated data set depend on. How they are cut into files is no part of it.</summary>
/// <param name="Kind">What decides the label.</param>
/// <param name="Rows">Number of rows, ≥ 1. A row does not depend on it.</param>
/// <param name="Features">Columns before the label, ≥ 1.</param>
/// <param name="Classes">Number of classes, ≥ 2; 0 = the label is a number.</param>
/// <param name="Noise">Standard deviation of the noise on each score, in standard deviations of the scores, ≥ 0.</param>
/// <param name="Seed">Seed of the features, the model and the noise.</param>
internal sealed record DatasetSettings(DatasetKind Kind, long Rows, int Features, int Classes, double Noise, long Seed)
{
    /// <summary>Of sparse data: draws per row, so that up to as many features are not 0. Otherwise 0.</summary>
    public int Nonzeros { get; init; }

    public bool HasClasses => Classes > 0;

    /// <summary>Scores per row: one per class, or the number itself.</summary>
    public int Scores => Math.Max(1, Classes);
}
