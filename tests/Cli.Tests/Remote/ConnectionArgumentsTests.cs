using System.CommandLine;
using CloudSweep.Cli.Remote;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Connection;

namespace CloudSweep.Cli.Tests.Remote;

public sealed class ConnectionArgumentsTests
{
    [Fact]
    public void Read_Nothing_SaysHowToNameACoordinator() => Assert.Equal(
        ["No Coordinator is named. Give --coordinator URL or set CLOUDSWEEP_COORDINATOR; 'cloudsweep coordinator' starts one, and 'cloudsweep run' needs none."],
        Assert.Throws<InvalidSettingsException>(() => Read("", [])).Mistakes);

    [Fact]
    public void Read_Environment_IsTaken()
    {
        var options = Read("", [("CLOUDSWEEP_COORDINATOR", "https://host:1"), ("CLOUDSWEEP_TOKEN", "secret")]);

        Assert.Equal(("https://host:1", "secret"), (options.Coordinator, options.Token));
    }

    [Fact]
    public void Read_CommandLine_WinsOverTheEnvironment()
    {
        var options = Read("--coordinator https://b:2 --oidc-audience me", [("CLOUDSWEEP_COORDINATOR", "https://a:1"), ("CLOUDSWEEP_TOKEN", "secret"), ("CLOUDSWEEP_TOKEN_FILE", "/nowhere")]);

        Assert.Equal(("https://b:2", "me", "", ""), (options.Coordinator, options.OidcAudience, options.Token, options.TokenFile));
    }

    [Fact]
    public void Read_SeveralMistakes_TellsThemAllByTheNamesOfTheOptions()
    {
        var mistakes = Assert.Throws<InvalidSettingsException>(() => Read("--coordinator http://far.example:1 --token-file /nowhere/at/all", [])).Mistakes;

        Assert.Equal(2, mistakes.Count);
        Assert.StartsWith("--coordinator (CLOUDSWEEP_COORDINATOR) ('http://far.example:1') must be", mistakes[0], StringComparison.Ordinal);
        Assert.StartsWith("--token-file (CLOUDSWEEP_TOKEN_FILE) ('/nowhere/at/all') must be", mistakes[1], StringComparison.Ordinal);
    }

    private static ConnectionOptions Read(string line, (string Name, string Value)[] environment)
    {
        var command = new RootCommand();
        var arguments = new ConnectionArguments().AddTo(command);
        return arguments.Read(command.Parse(line), name => environment.FirstOrDefault(variable => variable.Name == name).Value);
    }
}
