using CloudSweep.Cli.Reproduction;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Reproduction;

/// <summary>The words of <c>--export-trial N DIR --steps K</c>.</summary>
public sealed class ExportRequestReaderTests : IDisposable
{
    private const int Trials = 48;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, 100)]
    [InlineData("1", 1)]
    [InlineData("1000000", 1_000_000)]
    public void Read_TrialAndNewFolder_IsARequest(string? steps, int expected)
    {
        var mistakes = new List<string>();

        var request = ExportRequestReader.Read(new ExportArguments(["48", _folder["trial"]], steps), Trials, mistakes);

        Assert.Empty(mistakes);
        Assert.Equal(new ExportRequest(48, _folder["trial"], expected), request);
    }

    [Fact]
    public void Read_Nothing_IsNoRequestAndNoMistake()
    {
        var mistakes = new List<string>();

        Assert.Null(ExportRequestReader.Read(new ExportArguments(null, null), Trials, mistakes));
        Assert.Empty(mistakes);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("49")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("best")]
    [InlineData("99999999999999999999")]
    public void Read_NoTrialOfTheSweep_SaysWhichThereAre(string number) =>
        Assert.Equal([$"--export-trial: '{number}' must be the number of a trial of this sweep, from 1 to 48; results.csv lists them."], Mistakes([number, _folder["new"]], null));

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1e3")]
    [InlineData("1000001")]
    [InlineData("")]
    public void Read_NoNumberOfSteps_SaysWhichThereAre(string steps) =>
        Assert.Equal([$"--steps: '{steps}' must be a whole number from 1 to 1000000; without it the first 100 steps are exported."], Mistakes(["1", _folder["new"]], steps));

    [Fact]
    public void Read_StepsWithoutATrial_AsksForIt() =>
        Assert.Equal(["--steps: it says how many steps of a trial to export; give --export-trial N DIR too."], Mistakes(null, "100"));

    [Fact]
    public void Read_ManyMistakes_TellsAll()
    {
        File.WriteAllText(_folder["thesis.txt"], "");

        var mistakes = Mistakes(["0", _folder.Root], "0");

        Assert.Equal(3, mistakes.Count);
        Assert.Contains($"'{_folder.Root}' has other files in it; name an empty or new folder, or one of an earlier export.", mistakes[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FolderWithoutAName_IsAMistake() =>
        Assert.Equal(["--export-trial: ' ' must name a folder; write it behind the trial's number."], Mistakes(["1", " "], null));

    private static List<string> Mistakes(IReadOnlyList<string>? trial, string? steps)
    {
        var mistakes = new List<string>();
        Assert.Null(ExportRequestReader.Read(new ExportArguments(trial, steps), Trials, mistakes));
        return mistakes;
    }
}
