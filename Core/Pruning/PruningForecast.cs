using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Pruning;

/// <summary>How much of a sweep's training is left by pruning, when all rates of a combination are decided together and none diverges.</summary>
public static class PruningForecast
{
    /// <summary>Share of its training rows that a combination trains, above 0 and up to 1.</summary>
    /// <param name="pruning">Null = all.</param>
    /// <param name="rates">Rates of the combination, ≥ 1.</param>
    /// <param name="training">Steps.</param>
    /// <param name="schedule">Where the first rung is.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    public static double ShareOfRows(PruningSpec? pruning, int rates, TrainingSpec training, ScheduleSettings schedule, long trainRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rates, 1);
        if (pruning is not PruningSpec.SuccessiveHalving(var factor))
        {
            return 1;
        }

        double total = StepCount.Of(training, trainRows).RowsAt(StepCount.Of(training, trainRows).Total);
        var (left, from, trained) = (rates, 0L, 0.0);
        foreach (var rung in RungPlan.Of(pruning, training, schedule, trainRows))
        {
            trained += left * (rung.Position - from) / total;
            from = rung.Position;
            left = left < factor ? left : Math.Min(left, Math.Max(HalvingRule.Floor, (left + factor - 1) / factor));
        }

        return (trained + (left * (total - from) / total)) / rates;
    }
}
