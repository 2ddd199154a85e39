namespace CloudSweep.Core.Tests.Spec;

/// <summary>What a user reads who made mistakes in <c>vary</c>.</summary>
public sealed class BadVarySectionTests
{
    private const string UnitRule = "units are out of range; use 1 to 65536 in each layer.";

    [Theory]
    [InlineData("[1]", "vary: Expected keys with lists of values such as { training.batchSize: [32, 128] }, found a list.")]
    [InlineData("""{ "training.batchSize": 32 }""", "vary.training.batchSize: Expected a list of values such as [32, 128], found '32'.")]
    [InlineData("""{ "model.hidden": { "a": 1 } }""", "vary.model.hidden: Expected a list of values such as [[64], [128, 64]], found keys with values.")]
    [InlineData("""{ "optimizer.beta2": 0.9 }""", "vary.optimizer.beta2: Expected a list of values such as [0.9, 0.99], found '0.9'.")]
    [InlineData("""{ "model.activation": "relu" }""", "vary.model.activation: Expected a list of values such as [relu, tanh], found the text \"relu\".")]
    [InlineData("""{ "training.batchSize": [] }""", "vary.training.batchSize: The list is empty; give at least one value, or remove the key.")]
    [InlineData("""{ "training.batchSize": [1], "training.batchSize": [2] }""", "vary.training.batchSize: 'training.batchSize' is given twice; a key may be given once. Remove one.")]
    [InlineData("""{ "training.batchSize": [32, 0] }""", "vary.training.batchSize[1]: 0 is out of range; use 1 to 1048576, or all for plain gradient descent.")]
    [InlineData("""{ "training.batchSize": [32, "x"] }""", "vary.training.batchSize[1]: Expected a whole number or all, found the text \"x\".")]
    [InlineData("""{ "training.epochs": [0, 1] }""", "vary.training.epochs[0]: 0 is out of range; use 1 to 100000.")]
    [InlineData("""{ "training.seed": [1, 1.5] }""", "vary.training.seed[1]: Expected a whole number, found '1.5'.")]
    [InlineData("""{ "model.hidden": [[64], 64] }""", "vary.model.hidden[1]: Expected a list of unit counts such as [64] or [128, 64], found '64'.")]
    [InlineData("""{ "model.hidden": [[64], [8, "x"]] }""", "vary.model.hidden[1][1]: Expected a whole number, found the text \"x\".")]
    [InlineData("""{ "model.hidden": [[64], [0]] }""", $"vary.model.hidden[1]: 0 {UnitRule}")]
    [InlineData("""{ "model.hidden": [[], [8]] }""", "vary.model.hidden[0]: 0 hidden layers are out of range; use 1 to 32, or kind: softmax for none.")]
    [InlineData("""{ "model.activation": ["relu", "step"] }""", "vary.model.activation[1]: Expected relu or tanh or gelu, found the text \"step\".")]
    [InlineData("""{ "optimizer.beta2": [0.99, 1] }""", "vary.optimizer.beta2[1]: 1 is out of range; use at least 0 and below 1.")]
    [InlineData("""{ "training.batchSize": [32, 64, 32] }""", "vary.training.batchSize[2]: Makes the same trials as vary.training.batchSize[0]; remove one.")]
    [InlineData("""{ "model.hidden": [[64], [64]] }""", "vary.model.hidden[1]: Makes the same trials as vary.model.hidden[0]; remove one.")]
    [InlineData("""{ "optimizer.beta2": [0.99, 9.9e-1] }""", "vary.optimizer.beta2[1]: Makes the same trials as vary.optimizer.beta2[0]; remove one.")]
    [InlineData("""{ "training.batch": [1, 2] }""", "vary.training.batch: 'batch' is not a key here. Known keys here: epochs, batchSize, gradientClip, seed.")]
    [InlineData("""{ "optimizer.alpha": [0.9] }""", "vary.optimizer.alpha: 'optimizer.alpha' can't vary. No optimizer of the file has a constant 'alpha'; list one that has it, or remove the key.")]
    [InlineData("""{ "optimizer.kind": ["sgd"] }""", "vary.optimizer.kind: 'optimizer.kind' can't vary. Optimizers are listed where they are: optimizer: [sgd, adam].")]
    [InlineData("""{ "optimizer": ["sgd"] }""", "vary.optimizer: 'optimizer' can't vary. Optimizers are listed where they are: optimizer: [sgd, adam].")]
    [InlineData("""{ "optimizer.learningRate": [1] }""", "vary.optimizer.learningRate: 'optimizer.learningRate' can't vary. Rates are listed where they are: under the optimizer, or under learningRate for all.")]
    [InlineData("""{ "learningRate": [1, 2] }""", "vary.learningRate: 'learningRate' can't vary. Rates are listed where they are: learningRate: [0.01, 0.1].")]
    [InlineData("""{ "learningRate.count": [1, 2] }""", "vary.learningRate.count: 'learningRate.count' can't vary. Rates are listed where they are: learningRate: [0.01, 0.1].")]
    [InlineData("""{ "schedule": ["cosine"] }""", "vary.schedule: 'schedule' can't vary. Schedules are listed where they are: schedule: [constant, cosine].")]
    [InlineData("""{ "repeats": [1, 2] }""", "vary.repeats: 'repeats' can't vary. Use repeats: 3 for three trials of every configuration.")]
    [InlineData("""{ "model.kind": ["softmax"] }""", "vary.model.kind: 'model.kind' can't vary. All trials of a sweep train one kind of model; use a sweep file for each kind.")]
    [InlineData("""{ "data.scale": ["max"] }""", "vary.data.scale: 'data.scale' can't vary. All trials of a sweep share its data; use a sweep file for each value.")]
    [InlineData("""{ "execution.kernel": ["avx2"] }""", "vary.execution.kernel: 'execution.kernel' can't vary. It belongs to the sweep and not to a trial; use a sweep file for each value.")]
    [InlineData("""{ "training": { "batchSize": [1] } }""", "vary.training: 'training' can't vary. Name one of its keys, such as training.batchSize: [32, 128].")]
    [InlineData("""{ "batchSize": [1, 2] }""", "vary.batchSize: 'batchSize' can't vary. Its place is training.batchSize.")]
    [InlineData("""{ "frobnicate": [1] }""", "vary.frobnicate: 'frobnicate' can't vary. Known keys here: training.batchSize, training.epochs, training.seed, model.hidden, model.activation, optimizer.CONSTANT.")]
    public void Read_BadVary_GivesFieldValueRuleAndWayOut(string vary, string problem) =>
        Assert.Equal([problem], Problems(vary));

    [Fact]
    public void Read_MistakesInSeveralPlaces_AreToldTogetherAndOnce() =>
        Assert.Equal(
            [
                "name: 'A' is not a name; use 1 to 63 lower-case letters, digits and inner hyphens, such as digits-mlp.",
                $"vary.model.hidden[0]: -1 {UnitRule}",
                "vary.optimizer.beta1[1]: 2 is out of range; use at least 0 and below 1.",
                "vary.schedule: 'schedule' can't vary. Schedules are listed where they are: schedule: [constant, cosine].",
                "vary.training.batchSize[0]: -5 is out of range; use 1 to 1048576, or all for plain gradient descent.",
            ],
            SweepText.ProblemsOf(SweepText.With(
                ("name", "\"A\""),
                ("model", """{ "kind": "mlp", "hidden": [4] }"""),
                ("optimizer", "[\"sgd\", \"adam\", { \"kind\": \"adam\", \"epsilon\": 1e-3 }]"),
                ("vary", """{ "model.hidden": [[-1], [2]], "schedule": [1], "optimizer.beta1": [0.5, 2], "training.batchSize": [-5, 7] }"""))).Order(StringComparer.Ordinal));

    [Fact]
    public void Read_HiddenOfASoftmax_IsOneMistakeHoweverManyValues() =>
        Assert.Equal(
            ["vary.model.hidden: A softmax model has no hidden. Remove the key, or use kind: mlp."],
            SweepText.ProblemsOf(SweepText.With(("vary", """{ "model.hidden": [[1], [2], [3]] }"""))));

    [Fact]
    public void Read_TooManyCombinations_SaysHowManyAndStillReadsEveryValue()
    {
        var hundred = $"[{string.Join(", ", Enumerable.Range(1, 100))}]";

        Assert.Equal(
            [
                "vary.training.epochs[1]: 0 is out of range; use 1 to 100000.",
                "vary: Makes 20000 combinations; at most 10000 are allowed. List fewer values.",
            ],
            Problems($$"""{ "training.seed": {{hundred}}, "training.batchSize": {{hundred}}, "training.epochs": [1, 0] }""").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_TooManyTrials_NamesVaryAmongWhatToReduce() =>
        Assert.Equal(
            ["learningRate: Makes 120000 trials in all; at most 100000 are allowed. Use fewer values under vary, rates, optimizers, schedules or repeats."],
            SweepText.ProblemsOf(SweepText.With(
                ("learningRate", """{ "min": 1e-4, "max": 1, "count": 200 }"""),
                ("repeats", "200"),
                ("vary", """{ "training.batchSize": [1, 2, 3] }"""))));

    private static IEnumerable<string> Problems(string vary) => SweepText.ProblemsOf(SweepText.With(
        ("model", """{ "kind": "mlp", "hidden": [4] }"""), ("optimizer", "[\"sgd\", \"adam\"]"), ("vary", vary)));
}
