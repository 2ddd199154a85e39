namespace CloudSweep.Core.Domain;

/// <summary>How many categories a data set may have, so that a pass and its profile stay within bounds.</summary>
public static class CategoryLimits
{
    /// <summary>Most categories of a column.</summary>
    public const int PerColumn = 1_000;

    /// <summary>Most categories of all columns together.</summary>
    public const int Together = 100_000;

    /// <summary>Longest category, bytes of UTF-8.</summary>
    public const int Bytes = 256;
}
