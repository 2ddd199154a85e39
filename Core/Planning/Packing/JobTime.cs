using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Packing;

/// <summary>
/// What an epoch takes for each row: reading it once for all lanes, and each lane's work. Only the ratio of the two matters here, so the constants are of the
/// order that one machine has (docs/benchmarks.md: <c>block-read</c>, <c>sweep-small</c>, <c>sweep-ram</c>).
/// </summary>
/// <param name="ReadNanoseconds">Reading, checking and standardizing a row from cached blocks.</param>
/// <param name="LaneNanoseconds">Training of a row in one lane, the mean over lanes.</param>
internal readonly record struct JobTime(double ReadNanoseconds, double LaneNanoseconds)
{
    private const double NanosecondsPerFeature = 1;
    private const double FlopPerNanosecond = 60;

    // Forward, and the gradients by weights and by inputs: a multiplication and an addition each.
    private const double FlopPerParameter = 6;

    public static JobTime Of(IReadOnlyCollection<Trial> trials, DataShape data) => new(
        NanosecondsPerFeature * data.Features,
        trials.GroupBy(trial => trial.Parameters.Model).Sum(alike => alike.Count() * FlopPerParameter * LaneMemory.PaddedParameters(alike.Key, data.Features, data.Classes))
            / FlopPerNanosecond / trials.Count);

    /// <summary>Until the last of so many jobs is done.</summary>
    /// <param name="lanes">Lanes of all jobs.</param>
    /// <param name="jobs">Jobs that they are dealt to, ≥ 1.</param>
    /// <param name="slots">Where they run.</param>
    public double Until(int lanes, int jobs, WorkerSlots slots)
    {
        double rounds = CeilingDivide(jobs, slots.Count);
        return rounds * (ReadNanoseconds + (LaneNanoseconds * CeilingDivide(CeilingDivide(lanes, jobs), slots.Threads)));
    }

    // Both may be int.MaxValue, so nothing is added before the division.
    public static int CeilingDivide(int count, int width) => (count / width) + (count % width > 0 ? 1 : 0);
}
