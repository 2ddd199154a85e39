using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>Points at one column of the data.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "by")]
[JsonDerivedType(typeof(ByName), "name")]
[JsonDerivedType(typeof(ByIndex), "index")]
public abstract record ColumnSelector
{
    private ColumnSelector()
    {
    }

    /// <summary>The column with this name in the header.</summary>
    public sealed record ByName(string Name) : ColumnSelector;

    /// <summary>The column at this position; 0 is the first, −1 the last.</summary>
    public sealed record ByIndex(int Index) : ColumnSelector;
}
