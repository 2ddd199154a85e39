namespace CloudSweep.Cli.Tests.Examples;

/// <summary>A command of a page with the output that the page shows.</summary>
/// <param name="Arguments">What stands after <c>dotnet run --project Cli -c Release --</c>.</param>
/// <param name="Output">Lines; "…" stands for lines that were left out.</param>
internal sealed record DocumentedCommand(string Arguments, IReadOnlyList<string> Output)
{
    private const string Prompt = "$ dotnet run --project Cli -c Release -- ";

    /// <summary>Those of all console blocks in order.</summary>
    public static IReadOnlyList<DocumentedCommand> In(string page) =>
        [.. page.Split("```console\n").Skip(1).Select(block => block.Split("\n```")[0].Split('\n'))
            .Select(lines => new DocumentedCommand(lines[0][Prompt.Length..], lines[1..]))];
}
