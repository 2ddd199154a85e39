using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Packing;

namespace CloudSweep.Core.Tests.Planning;

public sealed class ModelFitTests
{
    [Fact]
    public void Require_LogisticModelOfTwoClasses_Passes() => ModelFit.Require(Spec(new ModelSpec.Logistic(), MetricNames.ValidationAuc), Profile(1, 1));

    [Fact]
    public void Require_LogisticModelOfThreeClasses_SaysSo() =>
        Assert.Equal(
            "A logistic model needs exactly 2 classes, but the label has 3: '0', '1', '2'. Use model.kind: softmax, name labels that stand for none in data.missingLabels, or check data.label.",
            ProblemsOf(new ModelSpec.Logistic(), MetricNames.ValidationLoss, Profile(1, 1, 1)));

    [Fact]
    public void Require_AucOfThreeClasses_NamesTheMetricsThatSuit() =>
        Assert.Equal(
            "The objective val_auc compares exactly 2 classes, but the label has 3: '0', '1', '2'. Use objective.metric: val_loss or val_accuracy.",
            ProblemsOf(new ModelSpec.Softmax(), MetricNames.ValidationAuc, Profile(1, 1, 1)));

    [Fact]
    public void Require_LogisticModelOfManyLongClasses_NamesTheFirstFiveInShort() =>
        Assert.Contains(
            "the label has 6: 'aaaaaaaaaaaaaaaaaaaa…', 'b', 'c', 'd', 'e', …. Use",
            ProblemsOf(new ModelSpec.Logistic(), MetricNames.ValidationLoss, Profile(1, 1) with
            {
                Classes = [.. new[] { new string('a', 21), "b", "c", "d", "e", "f" }.Select(label => new LabelCount(label, 5, 1))],
            }),
            StringComparison.Ordinal);

    [Fact]
    public void Require_AucWithoutValidationRowsOfAClass_SaysSo() =>
        Assert.Equal(
            "The objective val_auc needs validation rows of both classes, but one has none. Use another data.validation.seed or more data.",
            ProblemsOf(new ModelSpec.Softmax(), MetricNames.ValidationAuc, Profile(3, 0)));

    [Fact]
    public void Require_SeveralReasons_ListsThemAll() =>
        Assert.Equal(2, ProblemsOf(new ModelSpec.Logistic(), MetricNames.ValidationAuc, Profile(1, 1, 1)).Split('\n').Length);

    [Theory]
    [InlineData(2, 1000, true)]
    [InlineData(3, 1000, false)]
    [InlineData(0, 1000, false)]
    [InlineData(2, 1L << 28, true)]
    [InlineData(2, (1L << 28) + 1, false)]
    public void RanksRows_TwoClassesAndRowsThatFit(int classes, long rows, bool expected) => Assert.Equal(expected, ModelFit.RanksRows(classes, rows));

    [Fact]
    public void Pack_LanesThatKeepScores_CountsTheirMemory()
    {
        // 2²⁸ rows are 1 GiB of scores, more than a slot has beside the rows: each trial gets a job of its own.
        const int Rows = 1 << 28;
        var spec = Spec(new ModelSpec.Logistic(), MetricNames.ValidationLoss);
        Trial[] trials = [.. TrialExpander.Expand(spec)];
        var profile = new DataProfile([new ShardLayout("a", [new BlockRows(Rows, 1)], [0, 1])], ["x"], [], [new LabelCount("a", 1, Rows / 2), new LabelCount("b", 0, Rows / 2)]);

        Assert.Equal(3, trials.Length);
        Assert.Equal(3, Jobs(profile));
        Assert.Equal(1, Jobs(profile with { Classes = [] }));

        int Jobs(DataProfile found) => JobPacker.Pack(spec, trials, new WorkerSlots(1), DataShape.Of(spec.Data, found)).Jobs.Count;
    }

    private static string ProblemsOf(ModelSpec model, string metric, DataProfile profile) =>
        Assert.Throws<DataErrorException>(() => ModelFit.Require(Spec(model, metric), profile)).Message;

    private static SweepSpec Spec(ModelSpec model, string metric) => Some.Sweep(3) with
    {
        Model = model,
        Objective = new Objective(metric, metric == MetricNames.ValidationLoss ? ObjectiveGoal.Minimize : ObjectiveGoal.Maximize, ScoreUse.Final),
    };

    private static DataProfile Profile(params int[] validationRows) =>
        new([], ["x"], [], [.. validationRows.Select((rows, index) => new LabelCount($"{index}", 5, rows))]);
}
