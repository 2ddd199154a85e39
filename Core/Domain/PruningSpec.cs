using System.Text.Json.Serialization;

namespace CloudSweep.Core.Domain;

/// <summary>How a sweep ends trials early that are behind the others.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(SuccessiveHalving), "successiveHalving")]
public abstract record PruningSpec
{
    private PruningSpec()
    {
    }

    /// <summary>Successive halving: at every rung about one configuration in <paramref name="ReductionFactor"/> goes on.</summary>
    /// <param name="ReductionFactor">η, 2 to 16. Default 4.</param>
    public sealed record SuccessiveHalving(int ReductionFactor = 4) : PruningSpec;
}
