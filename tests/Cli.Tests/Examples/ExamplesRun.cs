using System.Text.Json;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Examples;

/// <summary>The commands of examples/README.md, run once in a copy of the examples for all tests that look at what they did.</summary>
public sealed class ExamplesRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, JsonElement> _answers = [];

    internal IReadOnlyList<(DocumentedCommand Command, CommandResult Result)> Commands { get; private set; } = [];

    /// <summary>The document of <c>--output json</c>.</summary>
    public JsonElement AnswerOf(string name) => _answers[name];

    public async ValueTask InitializeAsync()
    {
        var examples = Repository.PathOf("examples");
        foreach (var file in Directory.EnumerateFiles(examples, "*", SearchOption.AllDirectories).Where(file => !file.Contains("sparse/", StringComparison.Ordinal)))
        {
            var copy = _folder[Path.Combine("examples", Path.GetRelativePath(examples, file))];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var commands = new List<(DocumentedCommand, CommandResult)>();
        foreach (var command in DocumentedCommand.In(await File.ReadAllTextAsync(Path.Combine(examples, "README.md"))))
        {
            commands.Add((command, await CloudSweepProcess.RunAsync(_folder.Root, command.Arguments.Split(' '))));
        }

        Commands = commands;
        foreach (var sweep in Directory.EnumerateFiles(_folder["examples"], "*.yaml"))
        {
            // The sweep is finished: this shows its result without training.
            var result = await CloudSweepProcess.RunAsync(_folder.Root, "run", sweep, "--output", "json");
            Assert.True(result.ExitCode == 0, result.Errors);
            Assert.Contains("was finished before", result.Errors, StringComparison.Ordinal);
            _answers.Add(Path.GetFileNameWithoutExtension(sweep), JsonDocument.Parse(result.Output).RootElement);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
