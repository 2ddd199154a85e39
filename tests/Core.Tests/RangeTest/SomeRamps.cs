using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.RangeTest;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.RangeTest;

/// <summary>Ramps whose losses a test makes up, step by step.</summary>
internal static class SomeRamps
{
    /// <summary>Training rows of an epoch; with batches of 10 a trial has 1,000 steps.</summary>
    public const long Rows = 1_000;

    public static TrialParameters Parameters(int? batchSize = 10, int epochs = 10, OptimizerSettings? optimizer = null) =>
        new(RampPlan.Highest, optimizer ?? new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Linear(), new TrainingSpec(epochs, batchSize, 0))
        {
            Ramp = new Ramp(RampPlan.Lowest, RampPlan.Steps),
        };

    /// <summary>One ramp; it ends as diverged at the first loss that is not finite.</summary>
    /// <param name="number">Of the trial.</param>
    /// <param name="parameters">Of the ramp.</param>
    /// <param name="lossAt">Loss before each step, by its rate.</param>
    public static TrialResult Run(int number, TrialParameters parameters, Func<double, double> lossAt)
    {
        var plan = MeasurementPlan.Create(parameters, Rows);
        var rates = new RampRates(parameters, plan.TotalSteps);
        var windows = new List<Measurement>();
        var losses = new List<double>();
        for (var step = 1L; step <= plan.TotalSteps; step++)
        {
            losses.Add(lossAt(rates.At(step)));
            if (!double.IsFinite(losses[^1]))
            {
                return new TrialResult(new Trial(number, parameters with { Repeat = number - 1 }), TrialState.Diverged, "loss", step, windows);
            }

            if (plan.WindowEnds.Contains(step))
            {
                var mean = losses.Average();
                windows.Add(new Measurement.LossWindow(number, 1, step, losses.Count, mean, Math.Sqrt(losses.Average(loss => (loss - mean) * (loss - mean)))));
                losses.Clear();
            }
        }

        return new TrialResult(new Trial(number, parameters with { Repeat = number - 1 }), TrialState.Completed, "", plan.TotalSteps, windows);
    }

    /// <summary>Three ramps of the same shape with noise of their own.</summary>
    public static IReadOnlyList<TrialResult> Noisy(Func<double, double> shape, double noise = 0.05, int epochs = 10) =>
        [.. Enumerable.Range(1, 3).Select(number =>
        {
            var random = new System.Random(number);
            return Run(number, Parameters(epochs: epochs), rate => shape(rate) + (noise * ((2 * random.NextDouble()) - 1)));
        })];

    /// <summary>Flat, falling from one rate on, and blowing up from another.</summary>
    public static Func<double, double> Valley(double falls, double blowsUp) => rate =>
        rate < falls ? 2.3
        : rate < blowsUp ? 2.3 - (2 * Math.Log(rate / falls) / Math.Log(blowsUp / falls))
        : 0.3 + (10 * Math.Log(rate / blowsUp));
}
