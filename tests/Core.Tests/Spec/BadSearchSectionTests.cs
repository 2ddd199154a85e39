namespace CloudSweep.Core.Tests.Spec;

/// <summary>What a user reads who made mistakes in <c>learningRate</c>, <c>optimizer</c> or <c>schedule</c>.</summary>
public sealed class BadSearchSectionTests
{
    private const string Optimizers = "Expected sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw (others are not supported in this version)";
    private const string Schedules = "Expected constant, step, exponential, polynomial, cosine, warmupCosine or oneCycle (others are not supported in this version)";
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
    [InlineData("""{ "scale": "exp", "min": 0.1, "max": 1, "count": 3 }""", "learningRate.scale: Expected log or linear or random or auto, found the text \"exp\".")]
    [InlineData("""{ "min": 0.1, "max": 1, "count": 3, "seed": 4 }""", "learningRate.seed: Has no use where rates are not drawn; remove it, or use scale: random.")]
    [InlineData("""{ "scale": "random", "min": 1, "max": 1.00001, "count": 1000 }""", "learningRate.count: 1000 rates from 1 to 1.00001 are too close together to differ in single precision; use fewer, or move min and max apart.")]
    [InlineData("""{ "min": 0.1, "max": 1, "count": 3, "refine": 11 }""", "learningRate.refine: 11 is out of range; use 0 to 10 rounds.")]
    [InlineData("""{ "min": 0.1, "max": 1, "count": 3, "extendEdges": "yes" }""", "learningRate.extendEdges: Expected true or false, found the text \"yes\".")]
    [InlineData("""{ "min": 0.1, "max": 0.1, "count": 1, "refine": 1 }""", "learningRate.refine: One rate does not say how to go on; use a count of 2 or more, or leave this out.")]
    [InlineData("""{ "min": 0.1, "max": 1 }""", "learningRate.count: Missing; it is required. Add for example count: 9.")]
    [InlineData("\"Auto\"", "learningRate: Expected { min: 1e-4, max: 1, count: 9 }, a list such as [0.01, 0.1], one rate or auto, found the text \"Auto\". Did you mean 'auto'?")]
    [InlineData("""{ "scale": "auto", "count": 1 }""", "learningRate.count: 1 is out of range; use 2 to 10000 rates between the bounds that the range test proposes, or 0 for the range test only.")]
    [InlineData("""{ "scale": "auto", "count": -3 }""", "learningRate.count: -3 is out of range; use 2 to 10000 rates between the bounds that the range test proposes, or 0 for the range test only.")]
    [InlineData("""{ "scale": "auto", "count": 10001 }""", "learningRate.count: 10001 is out of range; use 2 to 10000 rates between the bounds that the range test proposes, or 0 for the range test only.")]
    [InlineData("""{ "scale": "auto", "min": 0.1 }""", "learningRate.min: Has no use where a range test finds the rates; remove it, or use scale: log.")]
    [InlineData("""{ "scale": "auto", "seed": 4 }""", "learningRate.seed: Has no use where a range test finds the rates; remove it, or use scale: log.")]
    [InlineData("""{ "scale": "auto", "count": 0, "refine": 2 }""", "learningRate.refine: Has no use with count: 0, which is the range test only; leave it out, or use a count of 2 or more.")]
    [InlineData("""{ "scale": "auto", "count": 0, "extendEdges": true }""", "learningRate.extendEdges: Has no use with count: 0, which is the range test only; leave it out, or use a count of 2 or more.")]
    [InlineData("""{ "scale": "auto", "refine": 11 }""", "learningRate.refine: 11 is out of range; use 0 to 10 rounds.")]
    public void Read_BadLearningRate_GivesFieldValueRuleAndWayOut(string learningRate, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("learningRate", learningRate))));

    [Theory]
    [InlineData("[]", "optimizer: The list is empty; name at least one, such as sgd.")]
    [InlineData("\"lion\"", $"optimizer: {Optimizers}, found the text \"lion\".")]
    [InlineData("""{ "beta1": 0.9 }""", $"optimizer.kind: {Optimizers}, found no kind.")]
    [InlineData("""["sgd", "adam", "sgd"]""", "optimizer[2]: sgd with the same constants is in the list twice; remove one.")]
    [InlineData("""["sgd", { "kind": "adam", "beta2": 1 }]""", "optimizer[1].beta2: 1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "rmsprop", "alpha": -0.1 }""", "optimizer.alpha: -0.1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "adagrad", "epsilon": -1 }""", "optimizer.epsilon: -1 is out of range; use 0 or more, up to 1e30, such as 1e-10.")]
    [InlineData("""{ "kind": "sgd", "beta1": 0.9 }""", "optimizer.beta1: 'beta1' is not a key here. Known keys here: kind, weightDecay, learningRate.")]
    [InlineData("\"AdamW\"", $"optimizer: {Optimizers}, found the text \"AdamW\". Did you mean 'adamw'?")]
    [InlineData("\"gd\"", $"optimizer: {Optimizers}, found the text \"gd\". Gradient descent is sgd with training.batchSize: all.")]
    [InlineData("""{ "kind": "sgd", "momentum": 0.9 }""", "optimizer.momentum: 'momentum' is not a key here. Its place is an optimizer that has it, such as optimizer: { kind: momentum, momentum: 0.9 }.")]
    [InlineData("""{ "kind": "sgd", "nesterov": true }""", "optimizer.nesterov: 'nesterov' is not a key here. Nesterov momentum is optimizer: { kind: nesterov, momentum: 0.9 } here.")]
    [InlineData("""{ "kind": "sgd", "weight_decay": 0.1 }""", "optimizer.weight_decay: 'weight_decay' is not a key here. weight_decay is weightDecay here, in each optimizer: { kind: adamw, weightDecay: 0.01 }.")]
    [InlineData("""{ "kind": "sgd", "weightDecay": -0.1 }""", "optimizer.weightDecay: -0.1 is out of range; use 0 or more, up to 1e30, such as 1e-4.")]
    [InlineData("""{ "kind": "momentum", "momentum": 0 }""", "optimizer.momentum: 0 is out of range; use a number above 0 and below 1, such as 0.9, or kind: sgd for none.")]
    [InlineData("""{ "kind": "momentum", "momentum": 1 }""", "optimizer.momentum: 1 is out of range; use a number above 0 and below 1, such as 0.9, or kind: sgd for none.")]
    [InlineData("""{ "kind": "momentum", "dampening": 1 }""", "optimizer.dampening: 1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "momentum", "weightDecay": 1e31 }""", "optimizer.weightDecay: 1E+31 is out of range; use 0 or more, up to 1e30, such as 1e-4.")]
    [InlineData("""{ "kind": "nesterov", "dampening": 0.1 }""", "optimizer.dampening: 'dampening' is not a key here. Known keys here: kind, momentum, weightDecay, learningRate.")]
    [InlineData("""{ "kind": "nesterov", "momentum": -1 }""", "optimizer.momentum: -1 is out of range; use a number above 0 and below 1, such as 0.9, or kind: sgd for none.")]
    [InlineData("""{ "kind": "nesterov", "weightDecay": "none" }""", "optimizer.weightDecay: Expected a number such as 0.1 or 1e-4, found the text \"none\".")]
    [InlineData("""{ "kind": "adagrad", "lrDecay": -1 }""", "optimizer.lrDecay: -1 is out of range; use 0 or more, up to 1e30, such as 1e-4.")]
    [InlineData("""{ "kind": "adagrad", "initialAccumulator": -1 }""", "optimizer.initialAccumulator: -1 is out of range; use 0 or more, up to 1e30, such as 0.1.")]
    [InlineData("""{ "kind": "adagrad", "lr_decay": 0.1 }""", "optimizer.lr_decay: 'lr_decay' is not a key here. lr_decay is lrDecay of adagrad here.")]
    [InlineData("""{ "kind": "rmsprop", "momentum": 1 }""", "optimizer.momentum: 1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "rmsprop", "centered": 1 }""", "optimizer.centered: Expected true or false, found '1'.")]
    [InlineData("""{ "kind": "rmsprop", "weightDecay": -1 }""", "optimizer.weightDecay: -1 is out of range; use 0 or more, up to 1e30, such as 1e-4.")]
    [InlineData("""{ "kind": "adam", "amsgrad": "true" }""", "optimizer.amsgrad: Expected true or false, found the text \"true\". Remove the quotes.")]
    [InlineData("""{ "kind": "adam", "weightDecay": -1 }""", "optimizer.weightDecay: -1 is out of range; use 0 or more, up to 1e30, such as 1e-4.")]
    [InlineData("""{ "kind": "adamw", "beta1": 1 }""", "optimizer.beta1: 1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "adamw", "beta2": -0.5 }""", "optimizer.beta2: -0.5 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "adamw", "weightDecay": -1 }""", "optimizer.weightDecay: -1 is out of range; use 0 or more, up to 1e30, such as 0.01.")]
    [InlineData("""["adamw", { "kind": "adamw", "weightDecay": 0.01 }]""", "optimizer[1]: adamw with the same constants is in the list twice; remove one.")]
    [InlineData("""{ "kind": "sgd", "learningRate": [0.1, -1] }""", $"optimizer.learningRate: -1 is not a learning rate; {RateRule}.")]
    [InlineData("""{ "kind": "adam", "learningRate": null }""", "optimizer.learningRate: Expected { min: 1e-4, max: 1, count: 9 }, a list such as [0.01, 0.1], one rate or auto, found nothing.")]
    public void Read_BadOptimizer_GivesFieldValueRuleAndWayOut(string optimizer, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("optimizer", optimizer))));

    [Theory]
    [InlineData("[]", "schedule: The list is empty; name at least one, such as constant.")]
    [InlineData("\"linear\"", $"schedule: {Schedules}, found the text \"linear\". A straight line to 0 is {{ kind: polynomial, power: 1 }} here.")]
    [InlineData("\"OneCycleLR\"", $"schedule: {Schedules}, found the text \"OneCycleLR\". OneCycleLR is oneCycle here.")]
    [InlineData("\"warmup_cosine\"", $"schedule: {Schedules}, found the text \"warmup_cosine\". Did you mean 'warmupCosine'?")]
    [InlineData("\"exponential\"", "schedule.gamma: Missing; it is required. Add for example schedule: { kind: exponential, gamma: 0.95 }.")]
    [InlineData("""{ "kind": "exponential", "gamma": 0 }""", "schedule.gamma: 0 is out of range; use a factor above 0 and up to 1, such as 0.95.")]
    [InlineData("""{ "kind": "polynomial", "power": 0 }""", "schedule.power: 0 is out of range; use a power above 0 and up to 100, such as 1.")]
    [InlineData("""{ "kind": "warmupCosine", "warmupFraction": 1 }""", "schedule.warmupFraction: 1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "warmupCosine", "startFactor": 1.5 }""", "schedule.startFactor: 1.5 is out of range; use 0 to 1, such as 0.01.")]
    [InlineData("""{ "kind": "warmupCosine", "minimumRate": 1e31 }""", "schedule.minimumRate: 1E+31 is out of range; use 0 or more, up to 1e30, such as 1e-6.")]
    [InlineData("""{ "kind": "warmupCosine", "warmup_steps": 100 }""", "schedule.warmup_steps: 'warmup_steps' is not a key here. warmup_steps is warmupFraction here, a share of the trial's steps.")]
    [InlineData("""{ "kind": "oneCycle", "warmupFraction": -0.1 }""", "schedule.warmupFraction: -0.1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "kind": "oneCycle", "divFactor": 0.5 }""", "schedule.divFactor: 0.5 is out of range; use 1 or more, up to 1e30, such as 25.")]
    [InlineData("""{ "kind": "oneCycle", "finalDivFactor": 0 }""", "schedule.finalDivFactor: 0 is out of range; use 1 or more, up to 1e30, such as 1e4.")]
    [InlineData("""{ "kind": "oneCycle", "pct_start": 0.3 }""", "schedule.pct_start: 'pct_start' is not a key here. pct_start is warmupFraction here.")]
    [InlineData("""{ "kind": "oneCycle", "max_lr": 0.3 }""", "schedule.max_lr: 'max_lr' is not a key here. max_lr is not needed: the trial's learning rate is the highest of the cycle.")]
    [InlineData("\"step\"", "schedule.everyEpochs: Missing; it is required. Add for example schedule: { kind: step, everyEpochs: 10, gamma: 0.1 }.")]
    [InlineData("""{ "kind": "step", "everyEpochs": 0 }""", "schedule.everyEpochs: 0 is out of range; use 1 or more epochs.")]
    [InlineData("""{ "kind": "step", "everyEpochs": 1, "gamma": 1.5 }""", "schedule.gamma: 1.5 is out of range; use a factor above 0 and up to 1, such as 0.1.")]
    [InlineData("""["constant", { "kind": "cosine", "minimumRate": -1 }]""", "schedule[1].minimumRate: -1 is out of range; use 0 or more, up to 1e30, such as 1e-6.")]
    [InlineData("""["cosine", { "kind": "cosine", "minimumRate": 0 }]""", "schedule[1]: cosine with the same constants is in the list twice; remove one.")]
    public void Read_BadSchedule_GivesFieldValueRuleAndWayOut(string schedule, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("schedule", schedule))));

    [Fact]
    public void Read_EveryConstantWrong_AreAllReportedAtOnce() =>
        Assert.Equal(
            ["optimizer.alpha", "optimizer.epsilon", "optimizer.momentum", "optimizer.weightDecay", "schedule[0].gamma", "schedule[1].warmupFraction", "schedule[1].startFactor"],
            SweepText.ProblemsOf(SweepText.With(
                ("optimizer", """{ "kind": "rmsprop", "alpha": 1, "epsilon": -1, "momentum": 1, "weightDecay": -1 }"""),
                ("schedule", """[{ "kind": "exponential", "gamma": 2 }, { "kind": "warmupCosine", "warmupFraction": 2, "startFactor": 2 }]""")))
                .Select(problem => problem.Split(':')[0]));

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
