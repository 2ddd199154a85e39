using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;

namespace CloudSweep.Core.Tests.Spec;

/// <summary>Every model of the file, what it learns, and how it travels.</summary>
public sealed class ModelReaderTests
{
    public static TheoryData<string, ModelSpec, LearningTask> Models() => new()
    {
        { """{ "kind": "linear" }""", new ModelSpec.Linear(), LearningTask.Regression },
        { """{ "kind": "logistic" }""", new ModelSpec.Logistic(), LearningTask.Classification },
        { """{ "kind": "softmax" }""", new ModelSpec.Softmax(), LearningTask.Classification },
        { """{ "kind": "mlp", "hidden": [8], "activation": "gelu" }""", new ModelSpec.Mlp([8], Activation.Gelu), LearningTask.Classification },
        { """{ "kind": "mlp", "hidden": [8, 4], "task": "regression" }""", new ModelSpec.Mlp([8, 4], Activation.Relu, LearningTask.Regression), LearningTask.Regression },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Read_Model_DecidesWhatTheLabelIs(string json, ModelSpec model, LearningTask task)
    {
        var spec = SweepText.SpecOf(SweepText.With(("model", json)));

        Assert.Equal(CanonicalJson.Write(model), CanonicalJson.Write(spec.Model));
        Assert.Equal((task, task), (spec.Model.Learns, spec.Data.Task));
        Assert.Equal(CanonicalJson.Write(spec), CanonicalJson.Write(CanonicalJson.Read<SweepSpec>(CanonicalJson.Write(spec))));
    }

    [Theory]
    [InlineData("val_loss", ObjectiveGoal.Minimize)]
    [InlineData("val_rmse", ObjectiveGoal.Minimize)]
    [InlineData("val_mae", ObjectiveGoal.Minimize)]
    public void Read_MetricOfNumbersWithoutGoal_Minimizes(string metric, ObjectiveGoal goal) =>
        Assert.Equal(goal, SweepText.SpecOf(SweepText.With(("objective", $$"""{ "metric": "{{metric}}" }"""), ("model", """{ "kind": "linear" }"""))).Objective.Goal);

    [Theory]
    [InlineData("val_accuracy")]
    [InlineData("val_auc")]
    public void Read_MetricOfClassesWithoutGoal_Maximizes(string metric) =>
        Assert.Equal(ObjectiveGoal.Maximize, SweepText.SpecOf(SweepText.With(("objective", $$"""{ "metric": "{{metric}}" }"""))).Objective.Goal);

    [Fact]
    public void Validate_TaskOfAnotherModel_IsRefused()
    {
        var spec = SweepText.SpecOf(SweepText.With(("model", """{ "kind": "linear" }""")));

        var violation = Assert.Single(SweepSpecRules.Validate(spec with { Data = spec.Data with { Task = LearningTask.Classification } }));

        Assert.Equal("data.task", violation.Field);
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(2, 10, 10)]
    public void Outputs_OfEveryKind_AreClassesOrOne(int kind, int classes, int outputs)
    {
        ModelSpec[] models = kind == 1
            ? [new ModelSpec.Linear(), new ModelSpec.Logistic(), new ModelSpec.Mlp([3], Activation.Tanh, LearningTask.Regression)]
            : [new ModelSpec.Softmax(), new ModelSpec.Mlp([3], Activation.Tanh)];

        Assert.All(models, model => Assert.Equal(outputs, model.Outputs(classes)));
    }
}
