using System.Diagnostics;
using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>What the recommended rate of a pruned coarse grid loses against a full grid four times finer, on seeds of which the sweep knows nothing.</summary>
/// <param name="nameContains">Only problems whose names contain this.</param>
internal sealed class RegretBenchmark(string nameContains) : IBenchmark
{
    public const double MostRegret = 0.02;
    public const double MostRows = 1 / 8.0;

    public string Name => "regret";

    public string Description => "20 problems: what the rate of a pruned coarse grid loses against a 4 times finer full grid, on fresh seeds";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var problem in RegretProblems.All.Where(problem => problem.Name.Contains(nameContains, StringComparison.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            var measured = await Task.Run(() => RegretMeasurement.Of(problem, Environment.ProcessorCount), cancellationToken);
            yield return new CaseResult(Name, $"{problem.Name}, regret", measured.Sweep.Regret, "of B - best", Goal.AtMost(MostRegret), new Dictionary<string, double>
            {
                ["worst of 5 sweeps"] = measured.WorstRegret,
                ["pruned by 4"] = measured.ByFour.Regret,
                ["rate"] = measured.Sweep.Rate,
                ["best rate"] = measured.BestRate,
                ["best loss"] = measured.Best,
                ["B"] = measured.Baseline,
                ["s"] = clock.Elapsed.TotalSeconds,
            });
            yield return new CaseResult(Name, $"{problem.Name}, lane-rows", measured.Sweep.RowsShare, "of fine grid", Goal.AtMost(MostRows), new Dictionary<string, double>
            {
                ["pruned by 4"] = measured.ByFour.RowsShare,
            });
        }
    }
}
