namespace CloudSweep.Core.Domain;

/// <summary>What a sweep trains on.</summary>
/// <param name="Train">Pattern of the shards as the sweep file has it, e.g. <c>data/part-*.csv.gz</c>.</param>
/// <param name="Format">How shards are read.</param>
/// <param name="Label">Column that holds the class, or the number to predict.</param>
/// <param name="Header">Whether the first record of each shard names the columns; null = look (a first record with a cell that is not a number is a header).</param>
/// <param name="Delimiter">Cell separator of CSV, one ASCII character. Default ','.</param>
/// <param name="Include">Names (c0, c1, … without a header) of the only feature columns; empty = all but the label and <paramref name="Exclude"/>.</param>
/// <param name="Exclude">Names of columns that are no features.</param>
/// <param name="Scale">How features are scaled.</param>
/// <param name="Clip">Bound on the magnitude of a standardized feature, &gt; 0. Default 5.</param>
/// <param name="Validation">Which training rows are held out, unless <see cref="ValidationFiles"/> are given.</param>
public sealed record DataSpec(
    string Train,
    DataFormat Format,
    ColumnSelector Label,
    bool? Header,
    char Delimiter,
    IReadOnlyList<string> Include,
    IReadOnlyList<string> Exclude,
    FeatureScale Scale,
    double Clip,
    ValidationSplit Validation)
{
    /// <summary>What the label column holds; follows from the model.</summary>
    public LearningTask Task { get; init; }

    /// <summary>Features of LIBSVM data: the highest index. Null = the highest that occurs.</summary>
    public int? FeatureCount { get; init; }

    /// <summary>What happens to rows that break rules.</summary>
    public BadRowPolicy BadRows { get; init; } = BadRowPolicy.Fail;

    /// <summary>Pattern of the shards to validate on; null = rows of <see cref="Train"/> are held out.</summary>
    public string? ValidationFiles { get; init; }

    /// <summary>Pattern of the shards that are only scored at the end; null = none.</summary>
    public string? Test { get; init; }

    /// <summary>Cells that count as missing in every feature column.</summary>
    public IReadOnlyList<string> Missing { get; init; } = MissingCells.Default;

    /// <summary>Settings of single columns by name, in ordinal order; the others are told by looking.</summary>
    public IReadOnlyList<ColumnSettings> Columns { get; init; } = [];
}
