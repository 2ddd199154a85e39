using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.BadInput;

/// <summary>
/// Every folder of Cases has a bad sweep file, or a good one with bad data, and the exact answer. To add a case, make a folder, run the command in it,
/// and keep what it says as expected.txt once it names field or place, value, rule and way out.
/// </summary>
public sealed class BadInputTests
{
    private static readonly string Cases = Repository.PathOf("tests", "Cli.Tests", "BadInput", "Cases");

    public static TheoryData<string> Names => new(Directory.GetDirectories(Cases).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_BadInput_TellsAllMistakesAndLeavesNoResults(string name)
    {
        using var state = new TemporaryFolder();

        var result = await CloudSweepProcess.RunAsync(Path.Combine(Cases, name), "run", "sweep.yaml", "--state", state["state"]);

        var expected = await File.ReadAllTextAsync(Path.Combine(Cases, name, "expected.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Lasting(result.Errors));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.False(Directory.Exists(state["state/sweeps"]));
        Assert.False(name.StartsWith("sweep-", StringComparison.Ordinal) && Directory.Exists(state["state"]), "A bad sweep file leaves nothing at all.");
    }

    /// <summary>What is said without the progress before it, which has an id.</summary>
    private static string Lasting(string errors) => errors[errors.IndexOf("error:", StringComparison.Ordinal)..].Replace(Cases, "CASES", StringComparison.Ordinal);
}
