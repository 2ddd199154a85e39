using CloudSweep.Cli.Output;

namespace CloudSweep.Cli.Tests.Output;

public sealed class PlainTextWriterTests
{
    [Theory]
    [InlineData("reason: \u001b[2J\u001b[1;1Hfake", "reason: \uFFFD[2J\uFFFD[1;1Hfake")]
    [InlineData("a\u0007b\u009b31mc\u007f", "a\uFFFDb\uFFFD31mc\uFFFD")]
    [InlineData("val_loss 0.06 ± 0.02\t→ ok\r\n", "val_loss 0.06 ± 0.02\t→ ok\r\n")]
    public void Write_Text_LeavesOutWhatWouldMoveTheCursor(string text, string expected)
    {
        using var output = new StringWriter();
        using var writer = new PlainTextWriter(output);

        writer.Write(text);
        writer.Write(text.ToCharArray(), 0, text.Length);
        foreach (var character in text)
        {
            writer.Write(character);
        }

        Assert.Equal(expected + expected + expected, output.ToString());
    }

    [Fact]
    public async Task Run_NameWithAnEscapeSequence_ReachesNoTerminal()
    {
        using var folder = new TestSupport.TemporaryFolder();
        await File.WriteAllTextAsync(folder["sweep.yaml"], "version: 1\nname: \"a\\e[31mb\"\n\"\\e[2Jkey\": 1\n", TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(folder.Root, "plan", "sweep.yaml");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("[2Jkey", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Errors);
    }
}
