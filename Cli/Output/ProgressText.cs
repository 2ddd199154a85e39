using System.Globalization;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>One sweep's progress in words. Speed and time left come from what happened since following began.</summary>
internal sealed class ProgressText(TimeProvider time)
{
    /// <summary>Why nothing happens.</summary>
    public const string NoWorker = "waiting for a Worker: none has asked for work in the last minute ('cloudsweep worker' starts one; its log tells what keeps it)";

    private const double SmallestShare = 0.02;

    private (long Timestamp, long Steps, long Rows)? _begin;

    /// <summary>Share of the work that is done, 0 to 1.</summary>
    public static double Share(SweepProgress progress) => progress.StepsTotal == 0 ? 0 : Math.Clamp((double)progress.StepsDone / progress.StepsTotal, 0, 1);

    /// <summary>Trials by state, and those that are ramps of a range test: <c>12 of 48 trials, 6 of them ramps, done (3 diverged), 36 running</c>.</summary>
    public static string Trials(SweepProgress progress)
    {
        var counts = progress.Trials;
        var ramps = progress.Ranges.Sum(range => range.Ramps.Count);
        (int Count, string Name)[] notable = [(counts.Pruned, "pruned"), (counts.Diverged, ramps == 0 ? "diverged" : "diverged, as ramps are meant to"), (counts.Failed, "failed"), (counts.Cancelled, "cancelled")];
        var final = counts.Completed + notable.Sum(state => state.Count);
        var remarks = string.Join(", ", notable.Where(state => state.Count > 0).Select(state => Text($"{state.Count} {state.Name}")));
        return Text($"{final} of {counts.Total} trials{(ramps == 0 ? "" : Text($", {ramps} of them {(ramps == 1 ? "a ramp" : "ramps")},"))} done{(remarks.Length == 0 ? "" : $" ({remarks})")}{(counts.Running > 0 ? Text($", {counts.Running} {(progress.State == SweepState.Paused ? "begun" : "running")}") : "")}");
    }

    /// <summary>How often the text was read: <c>the text was read once for 48 trials</c>.</summary>
    public static string Passes(SweepProgress progress) =>
        progress.DataUse.TextPasses == 1 ? Text($"the text was read once for {progress.Trials.Total} trials")
        : progress.DataUse is { TextPasses: 0, BlockPasses: > 0 } ? "the data was read from the cache"
        : Text($"the text was read {progress.DataUse.TextPasses:0.##} times for {progress.Trials.Total} trials");

    public static string Best(SweepProgress progress) => progress.Best is { } best
        ? $"best so far: {Label.Combination(best.Parameters, [])} at {Label.Rate(best.Parameters.LearningRate)}: {string.Join(", ", SweepResult.ShortMetrics(best).Select(metric => $"{metric.Name} {Label.Number(metric.Value)}"))}"
        : "";

    /// <summary>What happens now: waiting for a Worker, reading with its shards, or training with its speed and time left.</summary>
    public string Now(SweepProgress progress)
    {
        if (progress.WaitsForWorker)
        {
            return NoWorker;
        }

        if (progress.StepsTotal == 0)
        {
            return Text($"reading the data: {progress.ShardsProfiled} of {progress.ShardsTotal} shards");
        }

        var (seconds, steps, rows) = Since(progress);
        if (seconds <= 0 || rows <= 0)
        {
            return Text($"{Stage(progress)}: {Share(progress):P0}");
        }

        var left = steps > SmallestShare * progress.StepsTotal
            ? $", about {Duration.Text(TimeSpan.FromSeconds(seconds / steps * (progress.StepsTotal - progress.StepsDone)))} left"
            : "";
        return Text($"{Stage(progress)}: {Share(progress):P0}, {Rows(rows / seconds)} rows/s over all trials{left}");
    }

    private static string Stage(SweepProgress progress) => progress.Ranges.Any(range => range.State == RangeState.Running) ? "range test" : "training";

    private (double Seconds, long Steps, long Rows) Since(SweepProgress progress)
    {
        var now = time.GetTimestamp();
        var begin = _begin ??= (now, progress.StepsDone, progress.LaneRows);
        return (time.GetElapsedTime(begin.Timestamp, now).TotalSeconds, progress.StepsDone - begin.Steps, progress.LaneRows - begin.Rows);
    }

    private static string Rows(double rows) => rows switch
    {
        >= 1e6 => Text($"{rows / 1e6:F1} M"),
        >= 1e3 => Text($"{rows / 1e3:F0} k"),
        _ => Text($"{rows:F0}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).Replace(" %", "%", StringComparison.Ordinal);
}
