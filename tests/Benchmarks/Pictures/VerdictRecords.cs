using System.Globalization;
using CloudSweep.Benchmarks.Regret;
using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Tests.Verdicts.Recorded;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Benchmarks.Pictures;

/// <summary>Trains the sweeps that tests and pictures of the verdicts are about, and keeps what they measured.</summary>
internal static class VerdictRecords
{
    private static readonly ScheduleSettings Constant = new ScheduleSettings.Constant();

    private static readonly (string Name, string Data, SweepSpec Spec, Func<TableRows> Rows)[] Sweeps =
    [
        Sweep("digits-sgd", "1,400 digits", new("", () => RealRows.Digits(1400), new ModelSpec.Mlp([32], Activation.Relu), new OptimizerSettings.Sgd(), Constant, 20, 32), 3e-4, 10, 16),
        Sweep("mnist-adam", "2,000 digits of MNIST", new("", () => RealRows.Mnist(2000, 1000), new ModelSpec.Mlp([16], Activation.Relu), new OptimizerSettings.Adam(), Constant, 8, 32), 1e-5, 10, 13),
        Sweep("linear-descent", "500 generated rows, 10 features of different spread", new("", () => GeneratedRows.Linear(500, 500, 10, 1.5, 0.1), new ModelSpec.Linear(), new OptimizerSettings.Sgd(), Constant, 300, null), 1e-4, 2, 16),
        Sweep("friedman-momentum", "2,000 generated rows, Friedman's first function", new("", () => GeneratedRows.Friedman(2000, 1000), new ModelSpec.Mlp([32], Activation.Relu, LearningTask.Regression), new OptimizerSettings.HeavyBall(), Constant, 20, 16), 1e-3, 0.3, 16),
        Sweep("mnist-rmsprop", "2,000 digits of MNIST", new("", () => RealRows.Mnist(2000, 1000), new ModelSpec.Mlp([16, 16], Activation.Relu), new OptimizerSettings.RmsProp(), Constant, 10, 32), 1e-4, 0.1, 10),
        Sweep("noise", "2,000 generated rows whose labels say nothing", new("", NoiseRows, new ModelSpec.Softmax(), new OptimizerSettings.Sgd(), Constant, 5, 32), 1e-4, 0.1, 7),
        Sweep("digits-pruned", "1,400 digits", new("", () => RealRows.Digits(1400), new ModelSpec.Softmax(), new OptimizerSettings.Adam(), Constant, 25, 32), 1e-5, 1, 12, new PruningSpec.SuccessiveHalving()),
    ];

    public static IEnumerable<string> Names => Sweeps.Select(sweep => sweep.Name);

    public static string FileOf(string folder, string name) => Path.Combine(folder, $"{name}.json");

    public static RecordedSweep Read(string folder, string name) => CanonicalJson.Read<RecordedSweep>(File.ReadAllText(FileOf(folder, name)));

    /// <summary>Trains all of them and writes a file each.</summary>
    public static void Write(string folder, TextWriter output)
    {
        foreach (var (name, data, spec, rows) in Sweeps)
        {
            var table = rows();
            var run = SweepRun.Of(spec, table, Environment.ProcessorCount);
            var sweep = new RecordedSweep(data, spec, table.Profile(), [.. run.Results.Select(result => RecordOf(result, spec.Objective))]);
            File.WriteAllText(FileOf(folder, name), Lines(sweep));
            output.WriteLine($"{name}: {run.Results.Count} trials");
            foreach (var verdict in sweep.Answer().Verdicts)
            {
                output.WriteLine(FormattableString.Invariant($"  {verdict.Parameters.LearningRate:G4} {verdict.Verdict} {verdict.Mean:G4} ± {verdict.StandardError:G2}: {verdict.Evidence}"));
            }
        }
    }

    private static (string Name, string Data, SweepSpec Spec, Func<TableRows> Rows) Sweep(
        string name, string data, RegretProblem problem, double min, double max, int count, PruningSpec? pruning = null) =>
        (name, data, problem.Sweep(new LearningRateGrid.Log(min, max, count), 1, pruning) with { Name = name }, problem.Rows);

    private static RecordedTrial RecordOf(TrialResult result, Objective objective)
    {
        var windows = result.Measurements.OfType<Measurement.LossWindow>().ToArray();
        var score = TrialScore.Of(result.Measurements, objective, result.State);
        return new RecordedTrial(
            result.Trial.Parameters.LearningRate,
            result.Trial.Parameters.Repeat,
            result.State,
            result.Reason,
            result.Step,
            Rounded(score?.Value ?? double.NaN),
            Rounded(score?.StandardError ?? double.NaN),
            [.. windows.Select(window => window.Step)],
            [.. windows.Select(window => Rounded(window.Mean))],
            [.. windows.Select(window => Rounded(window.StandardDeviation))]);
    }

    // A trial a line, so that a change of one shows as one.
    private static string Lines(RecordedSweep sweep) =>
        CanonicalJson.Write(sweep).Replace("{\"rate\"", "\n{\"rate\"", StringComparison.Ordinal) + "\n";

    private static double Rounded(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static TableRows NoiseRows()
    {
        var draws = new Draws(16);
        double[][] table = [.. Enumerable.Range(0, 2000).Select(_ => draws.Normals(8))];
        return TableRows.OfClasses(table, [.. table.Select(_ => draws.Whole(0, 3))], 1000);
    }
}
