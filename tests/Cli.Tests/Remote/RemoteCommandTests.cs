using System.Text.Json.Nodes;
using CloudSweep.Cli.Tests.Running;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>The commands as people start them: a Coordinator, a Worker and what is asked of them are processes of their own.</summary>
public sealed class RemoteCommandTests : IDisposable
{
    private readonly EmbeddedSweeps _sweeps = new();

    private string Address => $"unix:{_sweeps["c.sock"]}";

    public void Dispose() => _sweeps.Dispose();

    [Fact]
    public async Task Commands_OneSweep_FromSubmissionToExport()
    {
        using var coordinator = await StartCoordinatorAsync();

        var submitted = await RunAsync("submit", "first.yaml");
        var again = await RunAsync("submit", "first.yaml", "--output", "json");
        using var worker = CloudSweepProcess.Start(
            _sweeps.Root, "worker", $"--Worker:Coordinator={Address}", $"--Data:AllowedRoots:0={_sweeps.Root}", $"--Data:CacheDirectory={_sweeps["cache"]}", $"--Checkpoints:Location={_sweeps["checkpoints"]}");
        var watched = await RunAsync("watch", "first", "--output", "json");
        var listed = await RunAsync("list");
        var exported = await RunAsync("export", "latest", "--out", "out");
        var checkedUp = await RunAsync("doctor", "--output", "json");
        worker.Signal("TERM");
        coordinator.Signal("TERM");

        var id = submitted.Output.Trim();
        Assert.Equal((0, id), (submitted.ExitCode, (string)JsonNode.Parse(again.Output)!["id"]!));
        Assert.True((bool)JsonNode.Parse(again.Output)!["existed"]!);
        Assert.Equal((0, "Completed", 2), (watched.ExitCode, (string)JsonNode.Parse(watched.Output)!["state"]!, (int)JsonNode.Parse(watched.Output)!["trials"]!["completed"]!));
        Assert.Contains(id, listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, exported.ExitCode);
        Assert.True(File.Exists(_sweeps["out/model.safetensors"]));
        Assert.Equal((0, true), (checkedUp.ExitCode, (bool)JsonNode.Parse(checkedUp.Output)!["ok"]!));
        Assert.Equal(0, (await worker.WaitAsync()).ExitCode);
        Assert.Equal(0, (await coordinator.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task List_NobodyThere_IsOneLineAndFails()
    {
        var result = await RunAsync("list");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            [
                $"The Coordinator at {Address} does not answer; trying again.",
                $"error: The Coordinator at {Address} can't be reached (there is no such socket). Check --coordinator (CLOUDSWEEP_COORDINATOR), that it runs, and what is between.",
            ],
            result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("error: No Coordinator is named.", "list")]
    [InlineData("error: --coordinator (CLOUDSWEEP_COORDINATOR) ('ftp://x') must be", "list", "--coordinator", "ftp://x")]
    [InlineData("'much' is not a learning rate", "extend", "latest", "much", "--coordinator", "http://127.0.0.1:1")]
    [InlineData("Nothing is to be added", "extend", "latest", "--coordinator", "http://127.0.0.1:1")]
    [InlineData("--count goes with --above or --below", "extend", "latest", "0.1", "--count", "2", "--coordinator", "http://127.0.0.1:1")]
    [InlineData("'x' is not a number of a trial", "retry", "latest", "x", "--coordinator", "http://127.0.0.1:1")]
    [InlineData("'Listen' is not a setting", "coordinator", "Listen")]
    [InlineData("error: ", "coordinator", "--Listen=ftp://x")]
    public async Task Command_WrongArguments_AreToldAndNothingIsDone(string expected, params string[] arguments)
    {
        var result = await CloudSweepProcess.RunAsync(_sweeps.Root, arguments);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_UnknownSweep_IsUsage()
    {
        using var coordinator = await StartCoordinatorAsync();

        var result = await RunAsync("describe", "nothing");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("error: There is no sweep 'nothing'.", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_ReasonTooLong_IsAMistakeOfTheCommandAndNotOfTheSweepFile()
    {
        using var coordinator = await StartCoordinatorAsync();
        await RunAsync("submit", "first.yaml");

        var result = await RunAsync("pause", "latest", "--reason", new string('x', 1025));

        Assert.Equal((2, "", "error: reason: Has 1025 characters; use 0 to 1024.\n"), (result.ExitCode, result.Output, result.Errors));
    }

    private async Task<CloudSweepProcess> StartCoordinatorAsync()
    {
        var coordinator = CloudSweepProcess.Start(_sweeps.Root, "coordinator", $"--Listen={Address}", $"--Storage:Directory={_sweeps["store"]}", $"--Checkpoints:Location={_sweeps["checkpoints"]}");
        await coordinator.WaitForErrorLineAsync($"coordinator: listening on {Address}.");
        return coordinator;
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => CloudSweepProcess.RunAsync(_sweeps.Root, [.. arguments, "--coordinator", Address]);
}
