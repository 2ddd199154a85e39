using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>The second promise, end to end: a trial among 48 gives the bits that it gives alone.</summary>
public sealed class CrowdTests(DigitsRun run) : IClassFixture<DigitsRun>
{
    // adam at 0.00215…, by its number in examples/digits.yaml.
    private const int InTheCrowd = 37;

    [Fact]
    public async Task Run_OneTrialAlone_MeasuresWhatItMeasuresInTheCrowd()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["alone.yaml"], $$"""
            version: 1
            name: alone
            data: { train: {{Repository.PathOf("examples", "data", "digits", "part-*.csv.gz")}}, label: label, validation: { fraction: 0.2 } }
            model: { kind: mlp, hidden: [64], activation: relu }
            training: { epochs: 30, batchSize: 32, seed: 7 }
            learningRate: [0.00215443469003]
            optimizer: adam
            """, TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(folder.Root, "run", "alone.yaml", "--state", "state");

        Assert.Equal(0, result.ExitCode);
        var alone = MeasurementsOf(1, Assert.Single(Directory.GetDirectories(folder["state/sweeps"])));
        Assert.Equal(380, alone.Length);
        Assert.Equal(MeasurementsOf(InTheCrowd, run.Results), alone);
    }

    private static string[] MeasurementsOf(int trial, string results) =>
        [.. File.ReadLines(Path.Combine(results, "measurements.csv"))
            .Where(line => line.StartsWith(FormattableString.Invariant($"{trial},"), StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])];
}
