using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Tests.Spec;

/// <summary>What <c>pruning</c> means, and what a user reads who made mistakes in it.</summary>
public sealed class BadPruningSectionTests
{
    private const string Expected = "Expected successiveHalving, { kind: successiveHalving, reductionFactor: 4 } or none";

    [Theory]
    [InlineData("\"successiveHalving\"", 4)]
    [InlineData("""{ "kind": "successiveHalving" }""", 4)]
    [InlineData("""{ "kind": "successiveHalving", "reductionFactor": 2 }""", 2)]
    [InlineData("\"none\"", null)]
    [InlineData("""{ "kind": "none" }""", null)]
    [InlineData(null, null)]
    public void Read_Pruning_HasItsFactor(string? pruning, int? factor) =>
        Assert.Equal(factor is null ? null : new PruningSpec.SuccessiveHalving(factor.Value), SweepText.SpecOf(SweepText.With(("pruning", pruning))).Pruning);

    [Fact]
    public void Read_NoPruning_LeavesTheCanonicalTextAsItWas() =>
        Assert.DoesNotContain("pruning", CanonicalJson.Write(SweepText.SpecOf(SweepText.With(("pruning", "\"none\"")))), StringComparison.Ordinal);

    [Fact]
    public void Read_CanonicalText_IsTheSameSpecAgain()
    {
        var text = CanonicalJson.Write(SweepText.SpecOf(SweepText.With(("pruning", "\"successiveHalving\""))));

        Assert.Contains("""
            "pruning":{"kind":"successiveHalving","reductionFactor":4}
            """.Trim(), text, StringComparison.Ordinal);
        Assert.Equal(text, CanonicalJson.Write(CanonicalJson.Read<SweepSpec>(text)));
    }

    [Theory]
    [InlineData("\"halving\"", $"pruning: {Expected}, found the text \"halving\". halving is successiveHalving here.")]
    [InlineData("\"succesiveHalving\"", $"pruning: {Expected}, found the text \"succesiveHalving\". Did you mean 'successiveHalving'?")]
    [InlineData("\"hyperband\"", $"pruning: {Expected}, found the text \"hyperband\". Hyperband is not supported in this version; its inner loop is successiveHalving.")]
    [InlineData("true", $"pruning: {Expected}, found 'true'.")]
    [InlineData("[1]", $"pruning: {Expected}, found a list.")]
    [InlineData("{}", "pruning.kind: Missing; it is required. Add for example kind: successiveHalving.")]
    [InlineData("""{ "kind": "asha" }""", "pruning.kind: Expected successiveHalving or none, found the text \"asha\". ASHA is successiveHalving here: across jobs it decides asynchronously.")]
    [InlineData("""{ "kind": "none", "reductionFactor": 4 }""", "pruning.reductionFactor: Has no use where nothing is pruned; remove it, or use kind: successiveHalving.")]
    [InlineData("""{ "kind": "successiveHalving", "reductionFactor": 1 }""", "pruning.reductionFactor: 1 is out of range; use 2 to 16: one configuration in so many goes on from each rung. Leave pruning out to train all to their end.")]
    [InlineData("""{ "kind": "successiveHalving", "reductionFactor": 17 }""", "pruning.reductionFactor: 17 is out of range; use 2 to 16: one configuration in so many goes on from each rung. Leave pruning out to train all to their end.")]
    [InlineData("""{ "kind": "successiveHalving", "reductionFactor": 2.5 }""", "pruning.reductionFactor: Expected a whole number, found '2.5'.")]
    [InlineData("""{ "kind": "successiveHalving", "eta": 4 }""", "pruning.eta: 'eta' is not a key here. eta is pruning.reductionFactor here.")]
    [InlineData("""{ "kind": "successiveHalving", "grace_period": 10 }""", "pruning.grace_period: 'grace_period' is not a key here. Ray Tune's grace_period is not needed: the first rung is after the warm-up and at least 64 steps.")]
    public void Read_BadPruning_GivesFieldValueRuleAndWayOut(string pruning, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("pruning", pruning))));

    [Theory]
    [InlineData("early_terminate", "W&B's early_terminate is pruning: { kind: successiveHalving, reductionFactor: 4 } here.")]
    [InlineData("earlyStopping", "Katib's earlyStopping is pruning: { kind: successiveHalving, reductionFactor: 4 } here.")]
    [InlineData("pruner", "Optuna's pruner is pruning: { kind: successiveHalving, reductionFactor: 4 } here.")]
    [InlineData("reductionFactor", "Its place is pruning.reductionFactor.")]
    public void Read_OtherSpelling_SaysWhatToWriteInstead(string key, string advice) =>
        Assert.Equal([$"{key}: '{key}' is not a key here. {advice}"], SweepText.ProblemsOf(SweepText.With((key, "1"))));

    [Fact]
    public void Read_VariedPruning_SaysThatItBelongsToTheSweep() =>
        Assert.Equal(
            ["vary.pruning.reductionFactor: 'pruning.reductionFactor' can't vary. It belongs to the sweep and not to a trial; use a sweep file for each value."],
            SweepText.ProblemsOf(SweepText.With(("vary", """{ "pruning.reductionFactor": [2, 4] }"""))));
}
