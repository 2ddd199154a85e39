using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Spec;

namespace CloudSweep.Core.Tests.Spec;

/// <summary>What <c>vary</c> makes of a sweep file.</summary>
public sealed class VaryTests
{
    private const string Mlp = """{ "kind": "mlp", "hidden": [8] }""";

    [Fact]
    public void Read_TwoKeys_MakesEveryCombinationTheLastKeyFirst()
    {
        var spec = SweepText.SpecOf(SweepText.With(
            ("model", Mlp),
            ("vary", """{ "training.batchSize": [16, "all"], "model.hidden": [[64], [128, 64]] }""")));

        Assert.Equal(["training.batchSize", "model.hidden"], spec.Varied);
        Assert.Equal(
            [
                new SweepVariant(new ModelSpec.Mlp([64], Activation.Relu), new TrainingSpec(2, 16, 0)),
                new SweepVariant(new ModelSpec.Mlp([128, 64], Activation.Relu), new TrainingSpec(2, 16, 0)),
                new SweepVariant(new ModelSpec.Mlp([64], Activation.Relu), new TrainingSpec(2, null, 0)),
                new SweepVariant(new ModelSpec.Mlp([128, 64], Activation.Relu), new TrainingSpec(2, null, 0)),
            ],
            spec.Variants());
        Assert.Equal((spec.Variants()[0].Model, spec.Variants()[0].Training), (spec.Model, spec.Training));
    }

    [Fact]
    public void Read_EveryKeyThatMayVary_IsTaken()
    {
        var spec = SweepText.SpecOf(SweepText.With(
            ("model", Mlp),
            ("vary", """{ "training.epochs": [1, 3], "training.seed": [4], "model.activation": ["tanh"], "training.batchSize": [2] }""")));

        Assert.Equal([new TrainingSpec(1, 2, 4), new TrainingSpec(3, 2, 4)], spec.Variants().Select(variant => variant.Training));
        Assert.All(spec.Variants(), variant => Assert.Equal(new ModelSpec.Mlp([8], Activation.Tanh), variant.Model));
    }

    [Fact]
    public void Read_ConstantOfAnOptimizer_VariesItWhereItIs()
    {
        var spec = SweepText.SpecOf(SweepText.With(
            ("optimizer", """["adam", "sgd", { "kind": "rmsprop", "epsilon": 1e-3, "learningRate": [0.5] }]"""),
            ("vary", """{ "optimizer.epsilon": [1e-8, 1e-4], "optimizer.beta2": [0.9, 0.99] }""")));

        Assert.Equal(
            [
                new OptimizerChoice(new OptimizerSettings.Adam(Beta2: 0.9), null),
                new OptimizerChoice(new OptimizerSettings.Adam(Beta2: 0.99), null),
                new OptimizerChoice(new OptimizerSettings.Adam(Beta2: 0.9, Epsilon: 1e-4), null),
                new OptimizerChoice(new OptimizerSettings.Adam(Beta2: 0.99, Epsilon: 1e-4), null),
                new OptimizerChoice(new OptimizerSettings.Sgd(), null),
            ],
            spec.Optimizers.Take(5));
        Assert.Equal(
            [new OptimizerSettings.RmsProp(), new OptimizerSettings.RmsProp(Epsilon: 1e-4)],
            spec.Optimizers.Skip(5).Select(choice => choice.Settings));
        Assert.All(spec.Optimizers.Skip(5), choice => Assert.Equal([0.5], LearningRates.Of(choice.LearningRate!)));
        Assert.Empty(spec.OtherVariants);
    }

    [Fact]
    public void Read_RequiredKeyOnlyUnderVary_IsNotMissing()
    {
        var spec = SweepText.SpecOf(SweepText.With(
            ("model", """{ "kind": "mlp" }"""),
            ("training", "{}"),
            ("vary", """{ "model.hidden": [[3]], "training.epochs": [5] }""")));

        Assert.Equal(new SweepVariant(new ModelSpec.Mlp([3], Activation.Relu), new TrainingSpec(5, 32, 0)), Assert.Single(spec.Variants()));
    }

    [Fact]
    public void Read_OneValueOfEach_IsTheFileWithTheValues()
    {
        var varied = SweepText.SpecOf(SweepText.With(("vary", """{ "training.batchSize": [8] }""")));

        var plain = SweepText.SpecOf(SweepText.With(("training", """{ "epochs": 2, "batchSize": 8 }""")));

        Assert.Equal(TrialExpander.Expand(plain), TrialExpander.Expand(varied));
    }

    [Fact]
    public void Write_SpecWithVariants_IsReadBackUnchanged()
    {
        var text = CanonicalJson.Write(SweepText.SpecOf(SweepText.With(
            ("model", Mlp), ("optimizer", "\"adam\""), ("vary", """{ "model.hidden": [[64], [3, 2]], "optimizer.beta1": [0, 0.9] }"""))));

        var read = CanonicalJson.Read<SweepSpec>(text);

        Assert.Equal(text, CanonicalJson.Write(read));
        Assert.Empty(SweepSpecRules.Validate(read));
        Assert.Equal(2 * 2 * 2, TrialExpander.Count(read));
    }

    [Fact]
    public void Read_VaryInAnotherOrder_IsAnotherDocumentWithTheSameTrials()
    {
        string With(string vary) => SweepText.With(("model", Mlp), ("vary", vary));

        var first = SweepText.SpecOf(With("""{ "model.hidden": [[2], [3]], "training.batchSize": [4, 5] }"""));
        var second = SweepText.SpecOf(With("""{ "training.batchSize": [4, 5], "model.hidden": [[2], [3]] }"""));

        Assert.NotEqual(CanonicalJson.Write(first), CanonicalJson.Write(second));
        Assert.Equal(Parameters(first), Parameters(second));

        static HashSet<string> Parameters(SweepSpec spec) => [.. TrialExpander.Expand(spec).Select(trial => CanonicalJson.Write(trial.Parameters))];
    }

    [Fact]
    public void Validate_VariantsOverTheWire_ObeyTheRulesOfTheFile()
    {
        var spec = SweepText.SpecOf(SweepText.With());
        SweepVariant[] bad =
        [
            new(new ModelSpec.Softmax(), new TrainingSpec(0, 32, 0)),
            new(new ModelSpec.Mlp([0], Activation.Relu), new TrainingSpec(2, 32, 0)),
            new(spec.Model, spec.Training),
        ];

        var fields = SweepSpecRules.Validate(spec with { OtherVariants = bad }).Select(violation => violation.Field);

        Assert.Equal(["training.epochs", "model.hidden", "vary", "vary"], fields);
        Assert.Equal(["(sweep)"], SweepSpecRules.Validate(spec with { OtherVariants = [null!] }).Select(violation => violation.Field));
    }
}
