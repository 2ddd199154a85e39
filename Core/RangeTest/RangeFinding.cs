using System.Text.Json.Serialization;

namespace CloudSweep.Core.RangeTest;

/// <summary>What a range test found for one combination. Rates are finite, above 0 and within the ramp.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Proposed), "proposed")]
[JsonDerivedType(typeof(CannotTell), "cannotTell")]
public abstract record RangeFinding
{
    private RangeFinding()
    {
    }

    /// <summary>Lowest and highest rate of the full trials: the whole ramp where nothing could be told.</summary>
    [JsonIgnore]
    public (double Low, double High) Bounds => this switch
    {
        Proposed proposed => (proposed.Low.Rate, proposed.High.Rate),
        CannotTell unknown => (unknown.From, unknown.To),
        _ => throw new InvalidOperationException("An unknown kind."),
    };

    /// <summary>At least one end was seen.</summary>
    public sealed record Proposed(RangeEnd Low, RangeEnd High) : RangeFinding;

    /// <summary>Neither end was seen.</summary>
    /// <param name="From">Lowest rate of the ramp.</param>
    /// <param name="To">Highest rate of the ramp.</param>
    /// <param name="Reason">One clause for people, with what to do where there is something.</param>
    public sealed record CannotTell(double From, double To, string Reason) : RangeFinding;
}
