using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>The learning rates to try.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Log), "log")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(List), "list")]
public abstract record LearningRateGrid
{
    private LearningRateGrid()
    {
    }

    /// <summary><paramref name="Count"/> rates from <paramref name="Min"/> to <paramref name="Max"/> inclusive, each the same multiple of the one before.</summary>
    public sealed record Log(double Min, double Max, int Count) : LearningRateGrid;

    /// <summary><paramref name="Count"/> rates from <paramref name="Min"/> to <paramref name="Max"/> inclusive, equally spaced.</summary>
    public sealed record Linear(double Min, double Max, int Count) : LearningRateGrid;

    /// <summary>Exactly these rates, ascending and distinct.</summary>
    public sealed record List(IReadOnlyList<double> Rates) : LearningRateGrid;
}
