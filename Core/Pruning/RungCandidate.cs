using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Pruning;

/// <summary>A configuration to be decided about at a rung: a rate within its combination, with all its repeats.</summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Trials">Numbers of all its repeats, ascending, at least one; also of those that have not begun.</param>
/// <param name="Value">Mean of the objective over the repeats that measured here, natural sign; may be NaN or infinite.</param>
/// <param name="StandardError">Of the mean: between repeats, or over the evaluated rows with one; NaN when unknown.</param>
/// <param name="Rows">Validation rows that the value is of; 0 where nothing was measured.</param>
/// <param name="HasDiverged">A repeat has diverged: it counts as worst, whatever its value.</param>
public sealed record RungCandidate(double Rate, IReadOnlyList<int> Trials, double Value, double StandardError, long Rows, bool HasDiverged)
{
    /// <param name="rate">Learning rate.</param>
    /// <param name="trials">Its repeats.</param>
    /// <param name="metric">The objective's.</param>
    /// <param name="measured">What its repeats measured at the rung.</param>
    /// <param name="hasDiverged">Whether one has diverged.</param>
    public static RungCandidate Of(double rate, IReadOnlyList<int> trials, string metric, IReadOnlyList<Measurement.Rung> measured, bool hasDiverged)
    {
        ArgumentNullException.ThrowIfNull(measured);
        var mean = RepeatMean.Of([.. measured.Select(measurement => ValueOf(measurement, metric))]);
        return new RungCandidate(rate, trials, mean.Value, mean.StandardError, measured.Count == 0 ? 0 : measured[0].Rows, hasDiverged);
    }

    private static (double Value, double StandardError) ValueOf(Measurement.Rung measurement, string metric)
    {
        foreach (var candidate in measurement.Metrics)
        {
            if (candidate.Name == metric)
            {
                return (candidate.Value, candidate.StandardError);
            }
        }

        return (double.NaN, double.NaN);
    }
}
