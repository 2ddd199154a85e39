namespace CloudSweep.Core.Tests.Spec;

/// <summary>What a user reads who made mistakes in <c>learningRate</c>, <c>optimizer</c> or <c>schedule</c>.</summary>
public sealed class BadSearchSectionTests
{
    private const string RateRule = "use numbers above 0 that single precision can hold (1e-38 to 3e38)";

    [Theory]
    [InlineData("[]", "learningRate: Has 0 rates; list 1 to 10000.")]
    [InlineData("[0.1, 0]", $"learningRate: 0 is not a learning rate; {RateRule}.")]
    [InlineData("[1e-50]", $"learningRate: 1E-50 is not a learning rate; {RateRule}.")]
    [InlineData("[0.1, 0.5, 0.1]", "learningRate: 0.1 is listed twice; remove one (use repeats to train a rate several times).")]
    [InlineData("""[1.1, "x"]""", "learningRate[1]: Expected a number such as 0.1 or 1e-4, found the text \"x\".")]
    [InlineData("""["0.1"]""", "learningRate[0]: Expected a number such as 0.1 or 1e-4, found the text \"0.1\". Remove the quotes.")]
    [InlineData("""{ "min": -1, "max": 1, "count": 3 }""", $"learningRate.min: -1 is not a learning rate; {RateRule}, such as 1e-5.")]
    [InlineData("""{ "min": 0.1, "max": 1e400, "count": 3 }""", $"learningRate.max: Infinity is not a learning rate; {RateRule}, such as 1.")]
    [InlineData("""{ "min": 1, "max": 0.1, "count": 3 }""", "learningRate.min: 1 is above max (0.1); swap them.")]
    [InlineData("""{ "min": 0.1, "max": 1, "count": 0 }""", "learningRate.count: 0 is out of range; use 1 to 10000.")]
    [InlineData("""{ "min": 0.1, "max": 1, "count": 1 }""", "learningRate.count: 1 rate can't cover 0.1 to 1; use a count of 2 or more, or set min and max to the same rate.")]
    [InlineData("""{ "min": 1, "max": 1, "count": 3 }""", "learningRate.max: 1 equals min, so 3 rates would be the same; raise max, or use count: 1.")]
    [InlineData("""{ "min": 1, "max": 1.00001, "count": 1000 }""", "learningRate.count: 1000 rates from 1 to 1.00001 are too close together to differ in single precision; use fewer, or move min and max apart.")]
    [InlineData("""{ "scale": "exp", "min": 0.1, "max": 1, "count": 3 }""", "learningRate.scale: Expected log or linear, found the text \"exp\".")]
    [InlineData("""{ "min": 0.1, "max": 1 }""", "learningRate.count: Missing; it is required. Add for example count: 9.")]
    public void Read_BadLearningRate_GivesFieldValueRuleAndWayOut(string learningRate, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("learningRate", learningRate))));

    [Theory]
    [InlineData("[]", "optimizer: The list is empty; name at least one, such as sgd.")]
    [InlineData("\"lion\"", "optimizer: Expected sgd, adagrad, rmsprop or adam (others are not supported in this version), found the text \"lion\".")]
    [InlineData("""{ "beta1": 0.9 }""", "optimizer.kind: Expected sgd, adagrad, rmsprop or adam (others are not supported in this version), found no kind.")]
    [InlineData("""["sgd", "adam", "sgd"]""", "optimizer[2]: sgd with the same constants is in the list twice; remove one.")]
    [InlineData("""["sgd", { "kind": "adam", "beta2": 1 }]""", "optimizer[1].beta2: 1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "rmsprop", "alpha": -0.1 }""", "optimizer.alpha: -0.1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "adagrad", "epsilon": -1 }""", "optimizer.epsilon: -1 is out of range; use a finite number of 0 or more, such as 1e-8.")]
    [InlineData("""{ "kind": "sgd", "beta1": 0.9 }""", "optimizer.beta1: 'beta1' is not a key here. Known keys here: kind, learningRate.")]
    [InlineData("""{ "kind": "sgd", "learningRate": [0.1, -1] }""", $"optimizer.learningRate: -1 is not a learning rate; {RateRule}.")]
    [InlineData("""{ "kind": "adam", "learningRate": null }""", "optimizer.learningRate: Expected { min: 1e-4, max: 1, count: 9 }, a list such as [0.01, 0.1] or one rate, found nothing.")]
    public void Read_BadOptimizer_GivesFieldValueRuleAndWayOut(string optimizer, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("optimizer", optimizer))));

    [Theory]
    [InlineData("[]", "schedule: The list is empty; name at least one, such as constant.")]
    [InlineData("\"linear\"", "schedule: Expected constant, step or cosine (others are not supported in this version), found the text \"linear\".")]
    [InlineData("\"step\"", "schedule.everyEpochs: Missing; it is required. Add for example schedule: { kind: step, everyEpochs: 10, gamma: 0.1 }.")]
    [InlineData("""{ "kind": "step", "everyEpochs": 0 }""", "schedule.everyEpochs: 0 is out of range; use 1 or more epochs.")]
    [InlineData("""{ "kind": "step", "everyEpochs": 1, "gamma": 1.5 }""", "schedule.gamma: 1.5 is out of range; use a factor above 0 and up to 1, such as 0.1.")]
    [InlineData("""["constant", { "kind": "cosine", "minimumRate": -1 }]""", "schedule[1].minimumRate: -1 is out of range; use 0 or more.")]
    [InlineData("""["cosine", { "kind": "cosine", "minimumRate": 0 }]""", "schedule[1]: cosine with the same constants is in the list twice; remove one.")]
    public void Read_BadSchedule_GivesFieldValueRuleAndWayOut(string schedule, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("schedule", schedule))));

    [Fact]
    public void Read_TooManyTrials_SaysHowManyAndWhatToReduce() =>
        Assert.Equal(
            ["learningRate: Makes 200000 trials in all; at most 100000 are allowed. Use fewer rates, optimizers, schedules or repeats."],
            SweepText.ProblemsOf(SweepText.With(
                ("learningRate", """{ "min": 1e-4, "max": 1, "count": 200 }"""),
                ("schedule", """["constant", "cosine"]"""),
                ("repeats", "500"))));

    [Fact]
    public void Read_UnreadableOptimizerBeforeTheTenth_DoesNotHideItsMistakes()
    {
        var rmsProps = string.Join(", ", Enumerable.Range(0, 8).Select(index => $$"""{ "kind": "rmsprop", "alpha": 0.{{index}} }"""));
        var json = SweepText.With(("optimizer", $$"""["sgd", "lion", {{rmsProps}}, { "kind": "adam", "beta1": 2 }]"""));

        Assert.Equal(["optimizer[1]", "optimizer[10].beta1"], SweepText.ProblemsOf(json).Select(problem => problem.Split(':')[0]));
    }
}
