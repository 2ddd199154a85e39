using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;
using CloudSweep.TestSupport;

namespace CloudSweep.Core.Tests.Verdicts.Recorded;

/// <summary>
/// Verdicts on sweeps that were really trained. Each line says which rates, from the lowest on, must have which verdict, and what a person sees there in
/// the recorded scores (± their error) and curves; the pictures of docs/verdicts.md are drawn from the same files.
/// </summary>
public sealed class RecordedSweepTests
{
    private static readonly Dictionary<string, Expected[]> All = new()
    {
        ["digits-sgd"] =
        [
            new(7, VerdictKind.TooSlow, "Scores come down from 2.2 to 0.24 ± 0.02 from rate to rate, and 0.10 is reached further up: each would have needed more steps."),
            new(6, VerdictKind.Good, "From 0.153 ± 0.021 over 0.096 ± 0.027 to 0.110 ± 0.042: bars overlap, no rate stands out."),
            new(3, VerdictKind.Diverged, "Stopped within 64 steps at a loss of 1e11 or NaN."),
        ],
        ["mnist-adam"] =
        [
            new(4, VerdictKind.TooSlow, "2.2, 1.9, 1.1 and 0.48 against 0.32 ± 0.02, all still falling."),
            new(2, VerdictKind.Good, "0.320 ± 0.024 and 0.351 ± 0.038: the difference is smaller than the bars."),
            new(1, VerdictKind.TooLarge, "0.51 ± 0.06: it fits the training rows best of all and others worse, by three bars."),
            new(2, VerdictKind.Diverged, "They end at 2.26 and 15, where a constant has 2.30: what was learned is lost, though the loss stayed finite."),
            new(4, VerdictKind.Diverged, "Stopped at step 64 with losses from 38 to 46,000."),
        ],
        ["mnist-rmsprop"] =
        [
            new(3, VerdictKind.TooSlow, "1.2, 0.58 and 0.39 ± 0.03 against 0.297 ± 0.027, still falling."),
            new(2, VerdictKind.Good, "0.297 ± 0.027 and 0.348 ± 0.041 overlap."),
            new(4, VerdictKind.TooLarge, "From 0.55 ± 0.06 to 1.7: above the best by four bars and more, and below the 2.3 of a constant; the loss is rough but has a trend down."),
            new(1, VerdictKind.Diverged, "Ends at 2.33, worse than a constant."),
        ],
        ["friedman-momentum"] =
        [
            new(3, VerdictKind.TooSlow, "0.112, 0.095 and 0.080 against 0.058, with errors of 0.006 and less; still falling."),
            new(9, VerdictKind.Good, "All between 0.058 and 0.070 where a constant has 1.0: what the worst of them loses is hardly more than a hundredth of what there was to gain."),
            new(1, VerdictKind.Oscillating, "The training loss goes up and down between 0.17 and 0.64 to the end, where the best rate's falls to 0.05."),
            new(3, VerdictKind.Diverged, "Infinite or NaN after 17 to 226 steps."),
        ],
        ["linear-descent"] =
        [
            new(9, VerdictKind.TooSlow, "From 0.96 down to 0.070, all curves still on their way to 0.012."),
            new(5, VerdictKind.Good, "Between 0.012 and 0.028 of a gain of 1: less than 2 % lost."),
            new(2, VerdictKind.Diverged, "Gradient descent above 2/L: the loss grows by a factor every step."),
        ],
        ["digits-pruned"] =
        [
            new(7, VerdictKind.TooSlow, "Ended at the first rung, below the best rate."),
            new(2, VerdictKind.Good, "0.110 ± 0.031 and 0.134 ± 0.044 overlap."),
            new(1, VerdictKind.TooLarge, "0.27 ± 0.10 at its end: more than twice the bound of noise that two good rates have."),
            new(2, VerdictKind.TooLarge, "Ended at the first rung, above the best rate."),
        ],
        ["noise"] =
        [
            new(7, VerdictKind.Undecided, "Labels say nothing: every score is above the 1.397 of a constant, the lowest by three bars, so there is no best rate to compare with."),
        ],
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Verdicts_RecordedSweep_AreWhatAPersonSees(string name)
    {
        var verdicts = Read(name).Answer().Verdicts;

        Assert.Equal(All[name].SelectMany(expected => Enumerable.Repeat(expected.Verdict, expected.Rates)), verdicts.Select(verdict => verdict.Verdict));
    }

    // Low and high of the safe range, bracketed on which sides, and the rate to take.
    [Theory]
    [InlineData("digits-sgd", 0.0387, 1.25, true, true, 0.311)]
    [InlineData("mnist-adam", 0.001, 0.01, true, true, 0.001)]
    [InlineData("mnist-rmsprop", 0.001, 0.0464, true, true, 0.001)]
    [InlineData("friedman-momentum", 0.00313, 0.0959, true, true, 0.0143)]
    [InlineData("linear-descent", 0.0381, 0.534, true, true, 0.534)]
    [InlineData("digits-pruned", 0.0152, 0.123, true, true, 0.0152)]
    public void Range_RecordedSweep_IsWhatAPersonSees(string name, double low, double high, bool isBracketedBelow, bool isBracketedAbove, double taken)
    {
        var answer = Read(name).Answer();

        var range = Assert.Single(answer.StableRanges);
        Assert.Equal(low, range.Low, 0.01 * low);
        Assert.Equal(high, range.High, 0.01 * high);
        Assert.Equal((isBracketedBelow, isBracketedAbove), (range.IsBracketedBelow, range.IsBracketedAbove));
        Assert.Equal(taken, answer.Recommended!.Configuration.Trial.Parameters.LearningRate, 0.01 * taken);
    }

    [Fact]
    public void Answer_LabelsThatSayNothing_RecommendsNothing()
    {
        var answer = Read("noise").Answer();

        Assert.Null(answer.Recommended);
        Assert.Empty(answer.StableRanges);
        Assert.Contains("no rate beats the best constant predictor", answer.Advice, StringComparison.Ordinal);
    }

    private static RecordedSweep Read(string name) =>
        CanonicalJson.Read<RecordedSweep>(File.ReadAllText(Repository.PathOf("tests", "Core.Tests", "Verdicts", "Recorded", $"{name}.json")));

    private sealed record Expected(int Rates, VerdictKind Verdict, string Seen);
}
