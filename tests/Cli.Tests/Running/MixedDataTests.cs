using System.Globalization;
using System.Text;
using System.Text.Json;
using CloudSweep.Core.Domain;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>A binary classification of numbers, categories and hashed texts with missing cells, on training, validation and test files of their own.</summary>
public sealed class MixedDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_MixedColumns_LearnsFromThemAndTellsWhatItDid()
    {
        await WriteAsync();

        var plan = await CloudSweepProcess.RunAsync(_folder.Root, "plan", "mixed.yaml", "--output", "json");
        var first = await RunAsync("one");
        var second = await RunAsync("other", "--workers", "3", "--threads", "2");

        var estimate = JsonDocument.Parse(plan.Output).RootElement;
        Assert.Equal((5, 1, 1), (estimate.GetProperty("shards").GetInt32(), estimate.GetProperty("validationShards").GetInt32(), estimate.GetProperty("testShards").GetInt32()));
        // age, income and its indicator, four cities and a missing one, 16 buckets.
        Assert.Equal(24, estimate.GetProperty("features").GetInt32());
        Assert.Equal(1, first.GetProperty("textPasses").GetDouble());
        // Knowing the numbers alone, or the cities alone, stays below 0.8.
        Assert.InRange(first.GetProperty("best").GetProperty("metrics").GetProperty("val_accuracy").GetDouble(), 0.85, 1);
        Assert.Equal(await ResultsAsync(first, "measurements.csv"), await ResultsAsync(second, "measurements.csv"));
        Assert.Equal(await ResultsAsync(first, "results.json"), await ResultsAsync(second, "results.json"));
        var report = await ResultsAsync(first, "report.html");
        Assert.Contains("Left out, having one value in all training rows: column &#39;same&#39;.", report, StringComparison.Ordinal);
        Assert.Contains("Categories that no training row has, so that their features are all 0: column &#39;city&#39; (1).", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Atlantis", report, StringComparison.Ordinal);
        await AssertTestAsync(first, report);
    }

    /// <summary>The winner was scored on data.test, everyone is told, and its model says the same of the file to the last bit.</summary>
    private async Task AssertTestAsync(JsonElement answer, string report)
    {
        var taken = answer.GetProperty("recommended");
        var test = taken.GetProperty("test");
        var accuracy = test.GetProperty("metrics").GetProperty("test_accuracy").GetDouble();
        Assert.Equal(100, test.GetProperty("rows").GetInt64());
        Assert.InRange(accuracy, 0.8, 1);
        Assert.Contains("On data.test: test_loss <data ", report, StringComparison.Ordinal);
        var results = JsonDocument.Parse(await ResultsAsync(answer, "results.json")).RootElement;
        Assert.Equal(test.GetRawText().ReplaceLineEndings(""), results.GetProperty("recommended").GetProperty("test").GetRawText().ReplaceLineEndings(""));

        var shown = await CloudSweepProcess.RunAsync(_folder.Root, "run", "mixed.yaml", "--state", "one");
        var predicted = await CloudSweepProcess.RunAsync(_folder.Root, "predict", answer.GetProperty("model").GetString()!, "test.csv", "--out", "out.csv", "--output", "json");

        Assert.Matches(@"\nTest +test_loss [^\n]+\n? *[^\n]*scored\s+once,\s+after\s+the\s+choice", shown.Output);
        Assert.True(predicted.ExitCode == 0, predicted.Errors);
        var summary = JsonDocument.Parse(predicted.Output).RootElement.GetProperty("metrics");
        Assert.Equal(
            test.GetProperty("metrics").EnumerateObject().Select(metric => (metric.Name["test_".Length..], metric.Value.GetDouble())),
            summary.EnumerateObject().Select(metric => (metric.Name, metric.Value.GetDouble())));
        var measured = (await ResultsAsync(answer, "measurements.csv")).Split('\n').Where(line => line.Contains(",test_loss,", StringComparison.Ordinal));
        Assert.StartsWith($"{taken.GetProperty("trial").GetInt32()},", Assert.Single(measured), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<JsonElement> RunAsync(string state, params string[] options)
    {
        var result = await CloudSweepProcess.RunAsync(_folder.Root, ["run", "mixed.yaml", "--state", state, "--output", "json", .. options]);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static Task<string> ResultsAsync(JsonElement answer, string name) =>
        File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(answer.GetProperty("report").GetString())!, name), TestContext.Current.CancellationToken);

    private async Task WriteAsync()
    {
        foreach (var (name, first, rows) in new[] { ("part-0.csv", 0, 600), ("part-1.csv", 600, 600), ("part-2.csv", 1200, 400), ("valid.csv", 2000, 400), ("test.csv", 3000, 100) })
        {
            var text = new StringBuilder("id,age,income,city,zip,same,label\n");
            for (var row = first; row < first + rows; row++)
            {
                text.Append(Row(row));
            }

            // A city that no training row has.
            text.Append(name == "valid.csv" ? "0,40.0,1,Atlantis,07,x,yes\n" : "");
            await File.WriteAllTextAsync(_folder[name], text.ToString(), TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(_folder["mixed.yaml"], """
            version: 1
            name: mixed
            data:
              train: part-*.csv
              label: label
              features:
                exclude: [id]
                columns:
                  income: { kind: numeric, missingCells: ["-999"], indicator: true }
                  city: { kind: category, missing: category }
                  zip: { kind: hashed, buckets: 16 }
              validation: { uri: valid.csv }
              test: test.csv
            model: { kind: softmax }
            training: { epochs: 8, batchSize: 16, seed: 7 }
            learningRate: [0.001, 0.1, 1]
            optimizer: sgd
            """, TestContext.Current.CancellationToken);
    }

    /// <summary>The label follows from age, city, zip and from whether the income is known.</summary>
    private static string Row(int row)
    {
        string[] cities = ["Berlin", "Bonn", "Köln", "Ulm"];
        var age = 40 + (24 * (Draw(row, 0) - 0.5));
        var city = (int)(4 * Draw(row, 1));
        var zip = (int)(30 * Draw(row, 2));
        var hasIncome = Draw(row, 3) < 0.7;
        var score = ((age - 40) / 12) + (new[] { 1.5, -1.5, 0.5, -0.5 }[city]) + (zip % 2 == 0 ? 0.3 : -0.3) + (hasIncome ? -0.5 : 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{row},{(Draw(row, 4) < 0.05 ? "NA" : age.ToString("F1", CultureInfo.InvariantCulture))},{(hasIncome ? (int)(5000 * Draw(row, 5)) : -999)},{(Draw(row, 6) < 0.05 ? "" : cities[city])},{zip:00},x,{(score > 0 ? "yes" : "no")}\n");
    }

    private static double Draw(int row, int column) => KeyedRandom.UnitInterval(1, RandomPurpose.SyntheticFeature, row, column);
}
