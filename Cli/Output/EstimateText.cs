using System.Globalization;
using CloudSweep.Cli.Estimation;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Output;

/// <summary>What `plan` prints, at most 80 columns.</summary>
internal static class EstimateText
{
    public static void Write(TextWriter output, SweepSpec spec, SweepEstimate estimate, int threads)
    {
        var about = estimate.IsExact ? "" : "about ";
        var rates = estimate.Trials / (spec.Optimizers.Count * spec.Schedules.Count * spec.Repeats);
        Line($"{spec.Name}: {estimate.Trials} trials, {spec.Training.Epochs} epochs each; nothing is trained yet");
        Line($"Trials    {spec.Optimizers.Count} optimizers x {spec.Schedules.Count} schedules x {rates} rates x {spec.Repeats} repeats");
        Line($"Data      {estimate.Shards} shards, {ByteSize.Text(estimate.StoredBytes)}; {about}{estimate.Rows:N0} rows x {estimate.Features} features, {estimate.Classes} classes seen");
        Line($"Model     {spec.Model.Kind}, {estimate.Parameters:N0} parameters");
        Line($"Steps     {about}{estimate.StepsPerTrial:N0} a trial");
        Line($"Jobs      {estimate.Jobs} to train, up to {estimate.LargestJob} trials share a pass");
        Line($"Memory    {ByteSize.Text(estimate.LaneBytes)} for the lanes of a job");
        Line($"Reads     {ByteSize.Text(estimate.StoredBytes)} of text, once; later passes from the cache");
        Line($"Time      about {Duration.Text(estimate.Time)} with {threads} threads of this machine");
        Line($"          ({estimate.RowsPerSecond:N0} rows/s over all trials, measured now on noise)");

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }
}
