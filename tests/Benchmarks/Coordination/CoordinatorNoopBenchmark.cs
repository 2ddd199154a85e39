using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>What a Coordinator does in a second, and whether that depends on the size of a sweep.</summary>
/// <param name="large">Trials of the large sweep.</param>
internal sealed class CoordinatorNoopBenchmark(int large) : IBenchmark
{
    private const int Small = 1_000;
    private const int SmallRuns = 3;

    public string Name => "coordinator-noop";

    public string Description => "100,000 one-trial jobs without training, 256 callers over gRPC: trials per second, and the cost of one against that in a sweep of 1,000";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var coordinator = new CoordinatorProcess(Path.Combine(Path.GetTempPath(), $"cloudsweep-noop-{Guid.NewGuid():N}"));
        await NoopRun.RunAsync(coordinator, 3 * Small, cancellationToken);

        List<double> commits = [DurableCommits.PerSecond(coordinator.Folder)];
        var small = await SmallAsync(coordinator, cancellationToken);
        commits.Add(DurableCommits.PerSecond(coordinator.Folder));
        var run = await NoopRun.RunAsync(coordinator, large, cancellationToken);
        var resident = coordinator.ResidentBytes;
        commits.Add(DurableCommits.PerSecond(coordinator.Folder));
        small.AddRange(await SmallAsync(coordinator, cancellationToken));
        commits.Add(DurableCommits.PerSecond(coordinator.Folder));

        yield return new CaseResult(Name, $"{large} trials", run.TrialsPerSecond, "trials/s", Goal.AtLeast(1_000), new Dictionary<string, double>
        {
            ["seconds"] = run.Work.TotalSeconds,
            ["Coordinator CPU us/trial"] = run.ProcessorPerTrial,
            ["callers CPU us/trial"] = run.ClientProcessor.TotalMicroseconds / run.Trials,
            ["watcher told"] = run.Stories,
            ["resident MB"] = resident / 1e6,
            ["bare durable commits/s"] = Median(commits),
        });
        yield return new CaseResult(Name, $"{Small} trials", Median(small.Select(turn => turn.TrialsPerSecond)), "trials/s", null, new Dictionary<string, double>
        {
            ["Coordinator CPU us/trial"] = Median(small.Select(turn => turn.ProcessorPerTrial)),
            ["lowest"] = small.Min(turn => turn.TrialsPerSecond),
            ["highest"] = small.Max(turn => turn.TrialsPerSecond),
        });
        yield return new CaseResult(Name, $"cost at {large} / {Small}", run.ProcessorPerTrial / Median(small.Select(turn => turn.ProcessorPerTrial)), "x CPU", Goal.AtMost(1.3), new Dictionary<string, double>
        {
            ["x time"] = Median(small.Select(turn => turn.TrialsPerSecond)) / run.TrialsPerSecond,
        });
        yield return new CaseResult(Name, $"submission of {large}", (run.Submission + run.Preparation).TotalSeconds, "s", null, new Dictionary<string, double>
        {
            ["until answered s"] = run.Submission.TotalSeconds,
            ["profile to training jobs s"] = run.Preparation.TotalSeconds,
            ["longest wait of others s"] = run.LongestWait.TotalSeconds,
        });

        var look = await LargeSweep.LookAtAsync(coordinator, run.Sweep, cancellationToken);
        yield return new CaseResult(Name, $"describe {large}", look.Describe.TotalSeconds, "s", null, new Dictionary<string, double>
        {
            ["MB"] = look.DescribeBytes / 1e6,
            ["list s"] = look.List.TotalSeconds,
            ["watch s"] = look.FirstStory.TotalSeconds,
            ["measurements s"] = look.Measurements.TotalSeconds,
        });
    }

    private static async Task<List<NoopRun>> SmallAsync(CoordinatorProcess coordinator, CancellationToken cancellationToken)
    {
        var runs = new List<NoopRun>();
        while (runs.Count < SmallRuns)
        {
            runs.Add(await NoopRun.RunAsync(coordinator, Small, cancellationToken));
        }

        return runs;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
