using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>The main job, run once for all tests that look at its results.</summary>
public sealed class DigitsRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The document of <c>--output json</c>.</summary>
    public JsonElement Answer { get; private set; }

    public string State => _folder["state"];

    /// <summary>Folder of results.csv, results.json, measurements.csv and report.html.</summary>
    public string Results => Path.GetDirectoryName(Answer.GetProperty("report").GetString())!;

    public async ValueTask InitializeAsync()
    {
        var result = await CloudSweepProcess.RunAsync(Repository.Root, "run", "examples/digits.yaml", "--state", State, "--output", "json");
        Assert.True(result.ExitCode == 0, result.Errors);
        Answer = JsonDocument.Parse(result.Output).RootElement;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
