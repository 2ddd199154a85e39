using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Pruning;
using CloudSweep.Core.RangeTest;

namespace CloudSweep.Cli.Estimation;

/// <summary>What a combination costs, in training rows summed over its trials, ramps included; evaluated rows count by their work.</summary>
/// <param name="FullRows">If every trial runs to its end.</param>
/// <param name="Rows">With the sweep's pruning.</param>
internal readonly record struct CombinationCost(double FullRows, double Rows)
{
    /// <param name="spec">The sweep.</param>
    /// <param name="combination">One of it.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    /// <param name="evaluationRows">Cost of an evaluation in training rows.</param>
    public static CombinationCost Of(SweepSpec spec, RateCombination combination, long trainRows, double evaluationRows)
    {
        var training = combination.Variant.Training;
        var grid = combination.GridIn(spec);
        var rates = PlannedTrials.RatesOf(grid);
        var ramps = grid is LearningRateGrid.Auto ? RampPlan.Of(combination).Select(ramp => StepCount.Of(ramp, trainRows)).Sum(steps => (double)steps.RowsAt(steps.Total)) : 0;
        var trial = ((double)trainRows * training.Epochs) + (evaluationRows * MeasurementPlan.Create(training, trainRows).EvaluationSteps.Count);
        var full = trial * rates * spec.Repeats;
        var left = rates == 0 ? 0 : full * PruningForecast.ShareOfRows(spec.Pruning, rates, training, combination.Schedule, trainRows);
        return new CombinationCost(full + ramps, left + ramps);
    }
}
