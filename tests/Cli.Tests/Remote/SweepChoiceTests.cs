using CloudSweep.Cli.Remote;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>SWEEP is an id, its beginning, a name that only one has, or latest.</summary>
public sealed class SweepChoiceTests
{
    // Newest first.
    private static readonly SweepProgress[] Sweeps =
    [
        SomeSweeps.Of("digits-0000000b"), SomeSweeps.Of("mnist-0000000c"), SomeSweeps.Of("digits-0000000a"), SomeSweeps.Of("mnist-wide-0000000d"),
    ];

    [Theory]
    [InlineData("latest", "digits-0000000b")]
    [InlineData("digits-0000000a", "digits-0000000a")]
    [InlineData("digits-0000000b", "digits-0000000b")]
    [InlineData("mnist", "mnist-0000000c")]
    [InlineData("mnist-0", "mnist-0000000c")]
    [InlineData("mnist-wide", "mnist-wide-0000000d")]
    [InlineData("mnist-w", "mnist-wide-0000000d")]
    public void Choose_OneIsMeant_FindsIt(string text, string expected) => Assert.Equal(expected, SweepChoice.Choose(Sweeps, text).Sweep);

    [Theory]
    [InlineData("digits", "The name 'digits' fits 2 sweeps: digits-0000000b, digits-0000000a. Give the id of one.")]
    [InlineData("m", "'m' fits 2 sweeps: mnist-0000000c, mnist-wide-0000000d. Give the id of one.")]
    [InlineData("other", "There is no sweep 'other'. Give its id, the beginning of it, its name, or 'latest'; 'cloudsweep list' shows them.")]
    [InlineData("", "There is no sweep ''. Give its id, the beginning of it, its name, or 'latest'; 'cloudsweep list' shows them.")]
    public void Choose_NoneOrSeveralAreMeant_SaysSo(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<UnknownSweepException>(() => SweepChoice.Choose(Sweeps, text)).Message);

    [Fact]
    public void Choose_LatestOfNone_SaysHowToMakeOne() =>
        Assert.StartsWith("There is no sweep yet", Assert.Throws<UnknownSweepException>(() => SweepChoice.Choose([], "latest")).Message, StringComparison.Ordinal);
}
