using System.Text.RegularExpressions;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests;

/// <summary>The README's commands are the ones that CI runs, and its links lead somewhere.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Theory]
    [InlineData("dotnet run --project Cli -c Release -- run examples/digits.yaml")]
    [InlineData("dotnet test -c Release")]
    public void Command_OfTheReadme_IsRunByCi(string command)
    {
        Assert.Contains($"$ {command}\n", Readme, StringComparison.Ordinal);
        Assert.Contains(command, File.ReadAllText(Repository.PathOf(".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_WithinTheRepository_LeadToFiles()
    {
        var targets = Link().Matches(Readme).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(Path.Exists(Repository.PathOf(target)), $"{target} does not exist."));
    }

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
