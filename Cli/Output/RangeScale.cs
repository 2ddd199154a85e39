using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>The axes of a range test's curve, in characters and in a report alike.</summary>
/// <param name="Finite">Points that have a loss, at least one.</param>
/// <param name="From">Decimal logarithm of the ramp's first rate.</param>
/// <param name="To">Decimal logarithm of its last.</param>
/// <param name="Low">Loss at the bottom.</param>
/// <param name="High">Loss at the top, above <paramref name="Low"/>: not far above the first, for what is says no more than that it blew up.</param>
internal sealed record RangeScale(IReadOnlyList<RangePoint> Finite, double From, double To, double Low, double High)
{
    private const double Headroom = 0.35;

    /// <summary>Null where there is nothing to draw.</summary>
    public static RangeScale? Of(RangeProposal range)
    {
        var finite = range.Curve.Where(point => double.IsFinite(point.Loss)).ToArray();
        if (finite.Length == 0)
        {
            return null;
        }

        var (low, start) = (finite.Min(point => point.Loss), finite[0].Loss);
        var high = Math.Min(finite.Max(point => point.Loss), start + (Headroom * Math.Max(start - low, 0.1 * Math.Abs(start))));
        return new RangeScale(finite, Math.Log10(range.Parameters.Ramp.From), Math.Log10(range.Parameters.LearningRate), low, high > low ? high : low + 1);
    }

    /// <summary>Where a rate is on the axis, 0 to 1.</summary>
    public double Share(double rate) => (Math.Log10(rate) - From) / (To - From);

    /// <summary>How far a loss is below the top, 0 to 1.</summary>
    public double Below(double loss) => (High - loss) / (High - Low);
}
