using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>The learning rates to try.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Log), "log")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(Random), "random")]
[JsonDerivedType(typeof(List), "list")]
[JsonDerivedType(typeof(Auto), "auto")]
public abstract record LearningRateGrid
{
    private LearningRateGrid()
    {
    }

    /// <summary>Where the rates do not bracket the best one, a round of rates beyond them follows, up to three times. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ExtendEdges { get; init; }

    /// <summary>Rounds that put rates between the best one and its neighbours, 0 to 10; each halves the gap on a log scale. Default: 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Refine { get; init; }

    /// <summary><paramref name="Count"/> rates from <paramref name="Min"/> to <paramref name="Max"/> inclusive, each the same multiple of the one before.</summary>
    public sealed record Log(double Min, double Max, int Count) : LearningRateGrid;

    /// <summary><paramref name="Count"/> rates from <paramref name="Min"/> to <paramref name="Max"/> inclusive, equally spaced.</summary>
    public sealed record Linear(double Min, double Max, int Count) : LearningRateGrid;

    /// <summary><paramref name="Count"/> rates drawn from <paramref name="Min"/> to <paramref name="Max"/>, uniformly on a log scale, by <paramref name="Seed"/>.</summary>
    public sealed record Random(double Min, double Max, int Count, long Seed) : LearningRateGrid;

    /// <summary>Exactly these rates, ascending and distinct.</summary>
    public sealed record List(IReadOnlyList<double> Rates) : LearningRateGrid;

    /// <summary>
    /// A range test first (Smith 2017), then <paramref name="Count"/> rates between the bounds that it proposes, each the same multiple of the one before;
    /// 0 = the range test only.
    /// </summary>
    public sealed record Auto(int Count) : LearningRateGrid;
}
