namespace CloudSweep.Core.Domain;

/// <summary>Cells that count as missing.</summary>
public static class MissingCells
{
    /// <summary>What spreadsheets, pandas, R and databases write where there is no value. Compared letter by letter.</summary>
    public static IReadOnlyList<string> Default { get; } = ["", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None"];
}
