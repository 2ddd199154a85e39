using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Protos.V1;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>How soon a Coordinator that was killed in the middle of a large sweep grants jobs again, and whether it has lost anything that it acknowledged.</summary>
/// <param name="trials">Trials of the sweep.</param>
internal sealed class CoordinatorRecoveryBenchmark(int trials) : IBenchmark
{
    private const int Kills = 3;

    public string Name => "coordinator-recovery";

    public string Description => "kill -9 in the middle of 100,000 one-trial jobs with 256 callers: time from the new process to its first grant, and acknowledged results that are gone";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var coordinator = new CoordinatorProcess(Path.Combine(Path.GetTempPath(), $"cloudsweep-recovery-{Guid.NewGuid():N}"));
        using var channel = coordinator.SubmitterChannel();
        var sweeps = new Sweeps.SweepsClient(channel);
        await NoopRun.UntilServingAsync(sweeps, cancellationToken);
        using var fleet = new NoopFleet(coordinator);
        var sweep = (await sweeps.SubmitSweepAsync(NoopSweep.Submission(trials), cancellationToken: cancellationToken)).Sweep;
        await fleet.ProfileAsync(cancellationToken);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = fleet.RunAsync(ending.Token);
        var (grants, processor) = (new List<double>(), new List<double>());
        var (checkedCount, lost) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            // A twentieth of the sweep lies between two kills.
            await UntilAsync(() => fleet.Ended >= (trials / 2) + (kill * trials / 20), cancellationToken);
            var acknowledged = fleet.Acknowledged.ToArray();
            coordinator.Kill();
            var started = TimeProvider.System.GetTimestamp();
            coordinator.Restart();
            await fleet.FirstGrantAsync(cancellationToken);
            grants.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            processor.Add(coordinator.ProcessorTime.TotalSeconds);
            var stored = await LargeSweep.MeasurementsAsync(sweeps, sweep, cancellationToken);
            checkedCount += acknowledged.Length;
            lost += acknowledged.Count(trial => !stored.TryGetValue(trial.Key, out var loss) || loss != trial.Value);
        }

        await ending.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        yield return new CaseResult(Name, $"first grant, {trials} trials", grants.Order().ElementAt(Kills / 2), "s", Goal.AtMost(2), new Dictionary<string, double>
        {
            ["shortest s"] = grants.Min(),
            ["longest s"] = grants.Max(),
            ["Coordinator CPU s until then"] = processor.Order().ElementAt(Kills / 2),
        });
        yield return new CaseResult(Name, "acknowledged and gone", lost, "trials", Goal.AtMost(0), new Dictionary<string, double> { ["looked at"] = checkedCount });
    }

    private static async Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
        }
    }
}
