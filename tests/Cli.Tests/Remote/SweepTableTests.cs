using CloudSweep.Cli.Remote;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Remote;

public sealed class SweepTableTests
{
    [Fact]
    public void Write_Sweeps_IsATable() => Assert.Equal(
        [
            "SWEEP           STATE   TRIALS FAILED BEST     AGE",
            "digits-0000000b Running    2/4      1 0.0215 3.0 h",
        ],
        Lines(SomeSweeps.Of("digits-0000000b")));

    [Fact]
    public void Write_LongestName_FitsEightyColumnsAndKeepsTheId()
    {
        var id = $"{new string('n', 63)}-0000000b";
        var lines = Lines(SomeSweeps.Of(id), SomeSweeps.Of("a-0000000b", SweepState.Completed));

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(id, string.Concat(lines.Skip(1).SkipLast(1).Select(line => line.Split(' ')[0])));
    }

    [Fact]
    public void Write_StoppedSweepThatStillRuns_IsStopping()
    {
        var sweep = SomeSweeps.Of("a-0000000b");
        sweep.Stopped = true;

        Assert.Contains(" stopping ", Lines(sweep)[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoSweeps_SaysHowToMakeOne() => Assert.Equal(["No sweeps yet. 'cloudsweep submit FILE' makes one."], Lines());

    private static string[] Lines(params SweepProgress[] sweeps)
    {
        using var output = new StringWriter { NewLine = "\n" };
        SweepTable.Write(output, sweeps, SomeSweeps.Now);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }
}
