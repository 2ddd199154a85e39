using System.Globalization;
using CloudSweep.Cli.Estimation;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Packing;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Core.RangeTest;

namespace CloudSweep.Cli.Output;

/// <summary>What `plan` prints, at most 80 columns.</summary>
internal static class EstimateText
{
    public static void Write(TextWriter output, SweepSpec spec, SweepEstimate estimate)
    {
        var about = estimate.IsExact ? "" : "about ";
        var epochs = spec.Variants().Select(variant => (long)variant.Training.Epochs).ToArray();
        Line($"{spec.Name}: {estimate.Trials} trials, {Span(epochs.Min(), epochs.Max())} epochs each; nothing is trained yet");
        Line($"Trials    {(RangeText.IsRangeTestOnly(spec) ? "a range test only" : Rates(spec))}; {Count(spec.Schedules.Count, "schedule")}, {Count(spec.Repeats, "repeat")}");
        if (estimate.Ramps > 0)
        {
            Line($"          {estimate.Ramps} of them are ramps of at most {RampPlan.Steps} steps, which propose the bounds");
        }

        if (NextRound.MostTrials(spec) - RampPlan.FollowingTrials(spec) is > 0 and var further)
        {
            Line($"          and up to {further:N0} more by extendEdges and refine, not counted below");
        }

        if (spec.Varied.Count > 0)
        {
            Line($"Varied    {string.Join(", ", spec.Varied)}: {Count(spec.Variants().Count, "variant")} of model and training");
        }

        Line($"Data      {Count(estimate.Shards, "shard")}, {ByteSize.Text(estimate.StoredBytes)}; {about}{estimate.Rows:N0} rows x {estimate.Features} features, {(estimate.Classes == 0 ? "a number to predict" : $"{estimate.Classes} classes seen")}");
        if (estimate.ValidationShards + estimate.TestShards > 0)
        {
            Line($"          {Count(estimate.Shards - estimate.ValidationShards - estimate.TestShards, "shard")} to train on, {estimate.ValidationShards} only to validate, {estimate.TestShards} only to test");
        }

        Line($"Model     {spec.Model.Kind}, {Span(estimate.Parameters.Least, estimate.Parameters.Most)} parameters");
        Line($"Steps     {about}{Span(estimate.StepsPerTrial.Least, estimate.StepsPerTrial.Most)} a trial");
        if (spec.Pruning is PruningSpec.SuccessiveHalving halving)
        {
            Line(estimate.RungSteps.Count == 0
                ? (FormattableString)$"Pruning   nothing: trials are too short, or their warm-up too long, for a rung"
                : $"Pruning   by {halving.ReductionFactor} at steps {string.Join(", ", estimate.RungSteps)}; leaves about {estimate.ShareOfRows:P0} of the training");
        }

        Line($"Jobs      {estimate.Jobs} to train, up to {Count(estimate.LargestJob, "trial")} on a pass");
        Line($"          {Reason(estimate)}");
        var memory = estimate.Memory;
        Line($"Memory    {ByteSize.Text(memory.Total)} a job: {ByteSize.Text(memory.Rows)} of rows, {ByteSize.Text(memory.Lanes + memory.Snapshot)} of lanes,");
        Line($"          {ByteSize.Text(memory.Threads)} of threads; it may take {ByteSize.Text(estimate.Slots.MemoryBytes)}");
        if (memory.Total > estimate.Slots.MemoryBytes)
        {
            Line($"          More than that: use fewer --workers or features, or smaller models");
        }

        Line($"Reads     {ByteSize.Text(estimate.StoredBytes)} of text, once; later passes from the cache");
        Line($"Time      about {Duration.Text(estimate.Time)} with {Count(estimate.Slots.Count * estimate.Slots.Threads, "thread")} of this machine");
        Line($"          ({estimate.RowsPerSecond:N0} rows/s over all trials, measured now on noise)");

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static FormattableString Reason(SweepEstimate estimate) => estimate.By switch
    {
        PackedBy.SweepFile => $"(as execution.trialsPerJob says)",
        PackedBy.Memory => $"(more do not fit into the memory of a job)",
        PackedBy.Slots => $"(so that {estimate.Slots.Count} jobs run at once)",
        PackedBy.Reading => $"(more jobs would be no faster: reading takes most of the time)",
        _ => $"(all that can share one: the same seed, repeat and epochs)",
    };

    private static string Span(long least, long most) =>
        string.Create(CultureInfo.InvariantCulture, $"{least:N0}{(least == most ? "" : string.Create(CultureInfo.InvariantCulture, $" to {most:N0}"))}");

    /// <summary>Rates of each optimizer: <c>16 rates for sgd, 12 for adam</c>.</summary>
    private static string Rates(SweepSpec spec) => string.Join(", ", spec.Optimizers.Select((choice, index) =>
    {
        var rates = PlannedTrials.RatesOf(choice.LearningRate ?? spec.LearningRate);
        return string.Create(CultureInfo.InvariantCulture, $"{rates}{(index == 0 ? " rates" : "")} for {Label.Optimizer(choice.Settings)}");
    }));

    private static string Count(int count, string name) => string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}");
}
