using System.Globalization;
using CloudSweep.Cli.Estimation;
using CloudSweep.Cli.Files;
using CloudSweep.Cli.Output;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Packing;
using CloudSweep.TestSupport;
using CloudSweep.Worker.Estimation;

namespace CloudSweep.Cli.Tests.Estimation;

/// <summary>How <c>plan</c> says that the 48 trials of the digits are packed, and why.</summary>
public sealed class SweepEstimateTests
{
    private static readonly DataSample Sample = new(Rows: 1797, StoredBytes: 55_864, IsWhole: true, Features: 64, Classes: 10, RowsPerSecond: 1e6);
    private static readonly ShardTable Shards = new([new Shard("a.csv", "file:///a.csv", 55_864, "1", null)]);

    [Theory]
    [InlineData("auto", 1, 1L << 30, 1, "(all that can share one: the same seed, repeat and epochs)")]
    [InlineData("auto", 3, 1L << 30, 3, "(so that 3 jobs run at once)")]
    // A quarter of 1 MiB holds twelve times (65 x 64 + 65 x 16) x 4 bytes; a lane of sgd takes them once, of rmsprop twice, of adam three times.
    [InlineData("auto", 1, 1L << 20, 10, "(more do not fit into the memory of a job)")]
    [InlineData("12", 3, 1L << 30, 4, "(as execution.trialsPerJob says)")]
    public void Of_Digits_PacksAndSaysWhy(string trialsPerJob, int slots, long bytes, int jobs, string reason)
    {
        var spec = SweepFile.Read(Repository.PathOf("examples", "digits.yaml")).Spec;
        spec = spec with { Execution = spec.Execution with { TrialsPerJob = trialsPerJob == "auto" ? null : int.Parse(trialsPerJob, CultureInfo.InvariantCulture) } };

        var estimate = SweepEstimate.Of(spec, Shards, Sample, new WorkerSlots(slots, 1, bytes));
        var lines = Lines(spec, estimate);

        Assert.Equal(jobs, estimate.Jobs);
        Assert.Contains($"          {reason}", lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(bytes < 2 << 20, lines.Any(line => line.StartsWith("          More than that:", StringComparison.Ordinal)));
        var json = EstimateJson.Of(spec.Name, estimate);
        Assert.Equal(estimate.Memory.Total, (long)json["memory"]!["rows"]! + (long)json["memory"]!["lanes"]! + (long)json["memory"]!["threads"]! + (long)json["memory"]!["snapshot"]!);
        Assert.Equal(bytes, (long)json["memory"]!["ofSlot"]!);
    }

    private static string[] Lines(SweepSpec spec, SweepEstimate estimate)
    {
        using var output = new StringWriter();
        EstimateText.Write(output, spec, estimate);
        return output.ToString().Split('\n');
    }
}
