using System.Text.Json;
using CloudSweep.StorageEmulator;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>The same commands with <c>gs://</c> where a path may be, over a Cloud Storage server of this process.</summary>
public sealed class BucketTests(DigitsRun local) : IClassFixture<DigitsRun>, IAsyncLifetime
{
    private const string Bucket = "bucket";

    private readonly TemporaryFolder _folder = new();
    private StorageEmulatorServer _server = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await StorageEmulatorServer.StartAsync(None);
        foreach (var path in Directory.EnumerateFiles(Repository.PathOf("examples", "data", "digits")))
        {
            _server.Put(Bucket, $"digits/{Path.GetFileName(path)}", await File.ReadAllBytesAsync(path, None));
        }

        var sweep = await File.ReadAllTextAsync(Repository.PathOf("examples", "digits.yaml"), None);
        await File.WriteAllTextAsync(_folder["digits.yaml"], sweep.Replace("data/digits/", "gs://bucket/digits/", StringComparison.Ordinal), None);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_DigitsInABucket_HasTheBytesOfLocalFilesAndExportsToTheBucket()
    {
        var result = await RunAsync("run", "digits.yaml", "--state", "state", "--output", "json", "--export-trial", "1", "gs://bucket/exports/first", "--steps", "3");

        Assert.True(result.ExitCode == 0, result.Errors);
        var answer = JsonDocument.Parse(result.Output).RootElement;
        var results = Path.GetDirectoryName(answer.GetProperty("report").GetString())!;
        foreach (var name in (string[])["results.csv", "measurements.csv", "results.json"])
        {
            var expected = await File.ReadAllTextAsync(Path.Combine(local.Results, name), None);
            Assert.Equal(expected.Replace("data/digits/", "gs://bucket/digits/", StringComparison.Ordinal), await File.ReadAllTextAsync(Path.Combine(results, name), None));
        }

        Assert.Equal(local.Answer.GetProperty("bytesRead").GetInt64(), answer.GetProperty("bytesRead").GetInt64());
        Assert.All(["trial.json", "weights.safetensors", "batches.safetensors"], name => Assert.NotEmpty(_server.Find(Bucket, $"exports/first/{name}")!));
    }

    [Fact]
    public async Task Plan_DigitsInABucket_SaysWhatItSaysOfLocalFiles()
    {
        var remote = await RunAsync("plan", "digits.yaml", "--output", "json");
        var here = await CloudSweepProcess.RunAsync(Repository.Root, "plan", "examples/digits.yaml", "--output", "json");

        Assert.True(remote.ExitCode == 0, remote.Errors);
        var (expected, found) = (JsonDocument.Parse(here.Output).RootElement, JsonDocument.Parse(remote.Output).RootElement);
        Assert.All(
            ["trials", "jobs", "shards", "storedBytes", "rows", "features", "classes", "exact"],
            name => Assert.Equal(expected.GetProperty(name).GetRawText(), found.GetProperty(name).GetRawText()));
    }

    [Fact]
    public async Task Predict_ModelDataAndPredictionsInABucket_HasTheBytesOfLocalFiles()
    {
        var model = local.Answer.GetProperty("model").GetString()!;
        _server.Put(Bucket, "models/digits.safetensors", await File.ReadAllBytesAsync(model, None));
        var here = await CloudSweepProcess.RunAsync(Repository.Root, "predict", model, "examples/data/digits/part-*.csv.gz");

        var result = await RunAsync("predict", "gs://bucket/models/digits.safetensors", "gs://bucket/digits/part-*.csv.gz", "--out", "gs://bucket/out/predictions.csv");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(here.Output, System.Text.Encoding.UTF8.GetString(_server.Find(Bucket, "out/predictions.csv")!));
    }

    [Theory]
    [InlineData("gs://bucket/models/none.safetensors", "gs://bucket/digits/none-*.csv", null)]
    [InlineData("gs://none/model.safetensors", "gs://none/*.csv", "gs://none/")]
    public async Task Predict_NothingThere_TellsEachMistake(string model, string data, string? output)
    {
        var result = await RunAsync(["predict", model, data, .. output is null ? Array.Empty<string>() : ["--out", output]]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"MODEL: '{model}' can't be read", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"DATA: The data pattern '{data}'", result.Errors, StringComparison.Ordinal);
        Assert.Equal(output is not null, result.Errors.Contains("--out: 'gs://none/' names no object", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ShardReplacedBetweenRuns_SaysWhichAndMakesANewSweep()
    {
        PutRows("rows/part-a.csv");
        PutRows("rows/part-b.csv");
        await File.WriteAllTextAsync(_folder["rows.yaml"], """
            version: 1
            name: rows
            data: { train: gs://bucket/rows/part-*.csv, label: label }
            model: { kind: softmax }
            training: { epochs: 2 }
            learningRate: 0.1
            optimizer: sgd
            """, None);
        var first = await RunAsync("run", "rows.yaml", "--state", "state");
        PutRows("rows/part-b.csv");

        var second = await RunAsync("run", "rows.yaml", "--state", "state");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Matches("^The data changed since rows-[0-9a-f]{8} \\(b changed\\), so this is a new sweep", second.Errors);
    }

    private void PutRows(string name) => _server.Put(Bucket, name, System.Text.Encoding.UTF8.GetBytes(
        "x,label\n" + string.Concat(Enumerable.Range(0, 60).Select(row => FormattableString.Invariant($"{row * 7 % 31},{row % 2}\n")))));

    private Task<CommandResult> RunAsync(params IEnumerable<string> arguments) => CloudSweepProcess.RunAsync(
        _folder.Root, new Dictionary<string, string> { ["STORAGE_EMULATOR_HOST"] = _server.Address.Authority }, arguments);
}
