using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Report;

/// <summary>Every figure of a report follows from results.csv alone: here it is computed again, by the rules that docs/report.md and docs/verdicts.md give.</summary>
public sealed class RecomputedReportTests : IDisposable
{
    private static readonly string Digits = $"data: {{ train: {Repository.PathOf("examples", "data", "digits", "part-*.csv.gz")}, label: label }}";
    private static readonly string Penguins = Repository.PathOf("examples", "data", "penguins", "penguins.csv");

    private readonly TemporaryFolder _folder = new();

    public static readonly TheoryData<string, string, string[]> Sweeps = new()
    {
        {
            "three optimizers, diverged trials",
            $$"""
            {{Digits}}
            model: { kind: mlp, hidden: [16] }
            training: { epochs: 6, batchSize: 32, seed: 7 }
            learningRate: { scale: log, min: 1e-4, max: 10, count: 16 }
            optimizer: [sgd, rmsprop, adam]
            """,
            ["trials.diverged", "best.score", "sure.others", "speed.17.step", "range.33.decades", "saved.trainedBytes"]
        },
        {
            "repeats, accuracy, best evaluation, varied constants",
            $$"""
            objective: { metric: val_accuracy, use: best }
            {{Digits}}
            model: { kind: mlp, hidden: [8], activation: tanh }
            training: { epochs: 4, batchSize: 32, seed: 3 }
            learningRate: [0.0003, 0.003, 0.01, 0.03, 0.1]
            optimizer: [adam, rmsprop]
            repeats: 3
            vary: { training.batchSize: [32, 64], optimizer.epsilon: [1e-8, 1e-4] }
            """,
            ["recommended.repeats", "recommended.val_accuracy.error", "sure.repeats", "trial.7.repeat"]
        },
        {
            "pruning",
            $$"""
            {{Digits}}
            model: { kind: mlp, hidden: [16], activation: tanh }
            training: { epochs: 24, batchSize: 32, seed: 1 }
            learningRate: { min: 1e-4, max: 10, count: 16 }
            optimizer: [sgd, adam]
            pruning: successiveHalving
            """,
            ["trials.pruned", "decision.1.ranked", "pruning.close", "saved.rowsShare", "saved.rowsFull"]
        },
        {
            "a number by its root mean squared error, tested",
            $$"""
            objective: { metric: val_rmse }
            data:
              train: {{Penguins}}
              test: test-*.csv
              label: body_mass_g
              onBadRow: skip
              maxBadRows: 0.01
              features: { columns: { sex: { kind: category, missing: category, missingCells: ["."] } } }
            model: { kind: linear }
            training: { epochs: 20, batchSize: 32, seed: 7 }
            learningRate: { scale: log, min: 1e-4, max: 10, count: 10 }
            optimizer: sgd
            schedule: [constant, cosine]
            """,
            ["recommended.val_rmse", "best.score", "test.rows", "test.test_rmse.error"]
        },
        {
            "rates that a range test proposes, pruned",
            $$"""
            {{Digits}}
            model: { kind: softmax }
            training: { epochs: 12, batchSize: 32, seed: 2 }
            learningRate: { scale: auto, count: 9 }
            optimizer: [sgd, adam]
            pruning: successiveHalving
            """,
            ["ramp.1.low", "ramp.4.high", "recommended.rate", "saved.rowsShare"]
        },
        {
            "nothing learned",
            $$"""
            {{Digits}}
            model: { kind: softmax }
            training: { epochs: 1, batchSize: all }
            learningRate: [1e-9, 1e-8]
            optimizer: sgd
            """,
            ["trials", "saved.times", "rate.1.score"]
        },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Write_Sweep_ShowsNoNumberThatDoesNotFollowFromResultsCsv(string kind, string sweep, string[] shown)
    {
        File.Copy(Penguins, _folder["test-1.csv"]);
        await File.WriteAllTextAsync(_folder["sweep.yaml"], $"version: 1\nname: sweep\n{sweep}\n", TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(_folder.Root, "run", "sweep.yaml", "--state", "state", "--output", "json");

        Assert.True(result.ExitCode == 0, $"{kind}: {result.Errors}");
        AssertRecomputed(Path.GetDirectoryName(JsonDocument.Parse(result.Output).RootElement.GetProperty("report").GetString())!, shown);
    }

    /// <summary>Compares every figure of a folder's report.html with what its results.csv gives.</summary>
    /// <param name="folder">Of both files.</param>
    /// <param name="shown">Figures that the report must have.</param>
    internal static void AssertRecomputed(string folder, params string[] shown)
    {
        var report = new ShownFigures(File.ReadAllText(Path.Combine(folder, "report.html")));
        var expected = new RecomputedFigures(CsvTable.Parse(File.ReadAllText(Path.Combine(folder, "results.csv"))));

        Assert.Superset(shown.ToHashSet(), report.Numbers.Select(number => number.Name).ToHashSet());
        Assert.All(report.Numbers, number =>
        {
            var value = expected[number.Name];
            Assert.True(value is not null, $"results.csv does not give {number.Name}.");
            AssertSame(number.Name, value.Value, number.Value);
        });
        AssertCharts(report, expected);
        AssertReason(report.Reason, expected);
        AssertSweepFile(report.SweepFile, Path.Combine(folder, "results.json"));
        Assert.DoesNotMatch("[0-9]", Regex.Replace(report.OtherText, @"repeats: 3|2025|CloudSweep [0-9.]+|within 5%|CRC-32C", ""));
    }

    private static void AssertCharts(ShownFigures report, RecomputedFigures expected)
    {
        var rates = expected.Combinations.SelectMany(combination => combination.Rates.Select(rate => (combination.Number, rate))).ToDictionary(pair => (pair.Number, pair.rate.Rate), pair => pair.rate);
        Assert.Equal(rates.Count, report.Markers.Count);
        Assert.All(report.Markers, marker =>
        {
            var score = rates[(marker.Combination, marker.Rate)].Score;
            AssertSame("a marker's score", score.Mean, marker.Score);
            AssertSame("a marker's error", score.Error, marker.Error);
        });
    }

    // The reason's own numbers: how many are tied, and the lowest diverged rate.
    private static void AssertReason(string reason, RecomputedFigures expected)
    {
        if (Regex.Match(reason, "of ([0-9]+) tied rates") is { Success: true } tied)
        {
            Assert.Equal(expected.Taken!.TiedRun().Count, int.Parse(tied.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        if (Regex.Match(reason, "lowest diverged rate ([0-9.eE+-]*[0-9])") is { Success: true } diverged)
        {
            Assert.Equal(expected.Taken!.LowestDiverged, double.Parse(diverged.Groups[1].Value, CultureInfo.InvariantCulture), 0.005 * expected.Taken.LowestDiverged);
        }
    }

    // The sweep file that the report prints is the sweep.
    private static void AssertSweepFile(string text, string results)
    {
        var read = Assert.IsType<SweepFileResult.Valid>(SweepFileReader.Read(JsonSpecNode.Parse(text)));
        Assert.Equal(JsonDocument.Parse(File.ReadAllText(results)).RootElement.GetProperty("spec"), JsonDocument.Parse(CanonicalJson.Write(read.Spec)).RootElement, JsonElement.DeepEquals);
    }

    private static void AssertSame(string name, double expected, double actual) => Assert.True(
        double.IsFinite(expected) ? Math.Abs(expected - actual) <= 1e-9 * Math.Max(Math.Abs(expected), 1e-300) : expected.Equals(actual),
        string.Create(CultureInfo.InvariantCulture, $"{name} is {actual} and not {expected}."));
}
