using CloudSweep.Cli.Output;
using CloudSweep.Worker.Execution;

namespace CloudSweep.Cli.Tests.Output;

/// <summary>What a Worker says at its start that it may take.</summary>
public sealed class BoundsTextTests
{
    [Fact]
    public void Lines_Settings_TellThreadsMemoryAndDisk() =>
        Assert.Equal(
            [
                "Uses 6 threads for 2 jobs at once; a job holds at most 536.9 MB of rows,",
                "and its models; blocks of rows are kept in /var/cache/blocks, at most 21.5 GB.",
            ],
            BoundsText.Lines(new ResourceBounds(2, 3, 4, 512L << 20, "/var/cache/blocks", 20L << 30)));

    [Fact]
    public void Lines_CacheBelowTheWorkingFolder_NamesItFromThere() =>
        Assert.Equal(
            $"and its models; blocks of rows are kept in {Path.Combine(".cloudsweep", "cache")}, at most 1.0 MB.",
            BoundsText.Lines(new ResourceBounds(1, 1, 1, 1 << 30, Path.Combine(Directory.GetCurrentDirectory(), ".cloudsweep", "cache"), 1 << 20))[1]);
}
