using CloudSweep.Cli.Remote;
using CloudSweep.Cli.Results;
using CloudSweep.Cli.Tests.Running;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>A trial that is added later is the trial that the file would have made: same bits; and those that were there keep theirs.</summary>
public sealed class ExtendedBitsTests : IDisposable
{
    private readonly EmbeddedSweeps _sweeps = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _sweeps.Dispose();

    [Fact]
    public async Task Extend_RateOfAnotherFile_MeasuresTheSameBits()
    {
        _sweeps.WriteSweep("whole", rates: "0.01, 0.05, 0.1");
        await using var host = await _sweeps.StartAsync();
        var shards = await _sweeps.FindShardsAsync();
        var part = (await _sweeps.SubmitAsync(host, "first", shards)).Id;
        await host.StartWorkerAsync("");
        await EmbeddedSweeps.FollowAsync(host, part);
        var before = await SweepResult.ReadAsync(host.Sweeps, part, None);

        var progress = await SweepChoice.FindAsync(host.Sweeps, part, None);
        await new SweepActions(host.Sweeps).ExtendAsync(new ExtendSweepRequest { Rates = { 0.05 } }, progress, None);
        await EmbeddedSweeps.FollowAsync(host, part);
        var whole = (await _sweeps.SubmitAsync(host, "whole", shards)).Id;
        await EmbeddedSweeps.FollowAsync(host, whole);

        var after = await SweepResult.ReadAsync(host.Sweeps, part, None);
        Assert.Equal(before.Measurements, after.Measurements.Where(measurement => measurement.Trial <= 2));
        Assert.Equal(Curves(await SweepResult.ReadAsync(host.Sweeps, whole, None)), Curves(after));
    }

    /// <summary>What every rate measured, by rate.</summary>
    private static IEnumerable<string> Curves(SweepResult result) => result.Description.Trials
        .OrderBy(trial => trial.Parameters.LearningRate)
        .Select(trial => $"{trial.Parameters.LearningRate}: {string.Join(' ', result.Measurements.Where(measurement => measurement.Trial == trial.Number).Select(Text))}");

    private static string Text(Measurement measurement)
    {
        var copy = measurement.Clone();
        copy.Trial = 0;
        return copy.ToString();
    }
}
