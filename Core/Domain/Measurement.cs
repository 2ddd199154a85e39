namespace CloudSweep.Core.Domain;

/// <summary>What one trial measured after some optimizer steps. Keyed by trial, try, step and kind; the first write wins.</summary>
/// <param name="Trial">Trial number.</param>
/// <param name="Try">Try of the trial, from 1.</param>
/// <param name="Step">Completed optimizer steps, ≥ 1.</param>
public abstract record Measurement(int Trial, int Try, long Step)
{
    /// <summary>Validation metrics.</summary>
    /// <param name="Rows">Validation rows evaluated, ≥ 1.</param>
    /// <param name="Metrics">At least one.</param>
    public sealed record Evaluation(int Trial, int Try, long Step, long Rows, IReadOnlyList<Metric> Metrics) : Measurement(Trial, Try, Step);

    /// <summary>
    /// Validation metrics at a rung, by which trials are pruned and nothing else is decided: at an epoch's end of all validation rows, else of a fixed part
    /// of them. Only values of the same rung and as many rows are compared.
    /// </summary>
    /// <param name="Rows">Validation rows evaluated, ≥ 1.</param>
    /// <param name="Metrics">At least one.</param>
    public sealed record Rung(int Trial, int Try, long Step, long Rows, IReadOnlyList<Metric> Metrics) : Measurement(Trial, Try, Step);

    /// <summary>Metrics of the sweep's winner on the rows of <c>data.test</c>, which nothing was trained or chosen by. Made once, after the choice.</summary>
    /// <param name="Rows">Test rows evaluated, ≥ 1.</param>
    /// <param name="Metrics">At least one; their names begin with <c>test_</c>.</param>
    public sealed record Test(int Trial, int Try, long Step, long Rows, IReadOnlyList<Metric> Metrics) : Measurement(Trial, Try, Step);

    /// <summary>Training batch losses of one window of steps; <see cref="Measurement.Step"/> is the window's last.</summary>
    /// <param name="Steps">Steps in the window, ≥ 1.</param>
    /// <param name="Mean">Mean batch loss.</param>
    /// <param name="StandardDeviation">Population standard deviation over the batches, ≥ 0.</param>
    public sealed record LossWindow(int Trial, int Try, long Step, long Steps, double Mean, double StandardDeviation) : Measurement(Trial, Try, Step);
}
