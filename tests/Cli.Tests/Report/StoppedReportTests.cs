using CloudSweep.Cli.Results;
using CloudSweep.Cli.Tests.Running;
using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Cli.Tests.Report;

/// <summary>The report of a sweep that a person stopped: some trials came to their end, the others were cancelled.</summary>
public sealed class StoppedReportTests : IDisposable
{
    private readonly EmbeddedSweeps _sweeps = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _sweeps.Dispose();

    [Fact]
    public async Task Write_StoppedSweep_ShowsNoNumberThatDoesNotFollowFromResultsCsv()
    {
        await File.WriteAllTextAsync(_sweeps["stopped.yaml"], $$"""
            version: 1
            name: stopped
            data: { train: part-*.csv, label: label }
            model: { kind: softmax }
            training: { epochs: 400, batchSize: 8 }
            learningRate: { min: 1e-3, max: 1, count: 60 }
            optimizer: sgd
            execution: { trialsPerJob: 2 }
            """, None);
        await using var host = await _sweeps.StartAsync();
        var run = await _sweeps.SubmitAsync(host, "stopped", await _sweeps.FindShardsAsync());
        await host.StartWorkerAsync(run.Id);
        await FollowAsync(host, run.Id, progress => progress.Trials.Completed >= 4);
        await host.Sweeps.StopSweepAsync(new StopSweepRequest { Sweep = run.Id }, cancellationToken: None);
        await FollowAsync(host, run.Id, progress => progress.State == SweepState.Completed);

        ResultFolder.Write(_sweeps["results"], await SweepResult.ReadAsync(host.Sweeps, run.Id, None));

        RecomputedReportTests.AssertRecomputed(_sweeps["results"], "trials.completed", "trials.cancelled", "rate.1.score");
    }

    private static async Task FollowAsync(Cli.Hosting.EmbeddedHost host, string sweep, Func<SweepProgress, bool> isThere)
    {
        using var call = host.Sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: None);
        await call.ResponseStream.ReadAllAsync(None).FirstAsync(isThere, None);
    }
}
