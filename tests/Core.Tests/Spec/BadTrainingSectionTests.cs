namespace CloudSweep.Core.Tests.Spec;

/// <summary>What a user reads who made mistakes in <c>objective</c>, <c>model</c>, <c>training</c> or <c>execution</c>.</summary>
public sealed class BadTrainingSectionTests
{
    [Theory]
    [InlineData("""{ "metric": "accuracy" }""", "objective.metric: 'accuracy' is not measured; use val_loss, val_accuracy or val_auc.")]
    [InlineData("""{ "metric": "val_rmse" }""", "objective.metric: val_rmse does not suit the softmax model, which predicts classes; use val_loss, val_accuracy or val_auc.")]
    [InlineData("""{ "metric": "val_recall_3" }""", "objective.metric: 'val_recall_3' is recorded, but a sweep can't be ranked by the rows of one class; use val_loss, val_accuracy or val_auc.")]
    [InlineData("""{ "metric": "val_auc", "goal": "minimize" }""", "objective.goal: val_auc can't be minimized: that would prefer the worst rate. Use maximize, or leave goal out.")]
    [InlineData("""{ "metric": "val_loss", "goal": "maximize" }""", "objective.goal: val_loss can't be maximized: that would prefer the worst rate. Use minimize, or leave goal out.")]
    [InlineData("""{ "goal": "max" }""", "objective.goal: Expected minimize or maximize, found the text \"max\".")]
    [InlineData("""{ "use": "last" }""", "objective.use: Expected final or best, found the text \"last\".")]
    public void Read_BadObjective_GivesFieldValueRuleAndWayOut(string objective, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("objective", objective))));

    [Theory]
    [InlineData("""{ "kind": "cnn" }""", "model.kind: Expected linear, logistic, softmax or mlp (other models are not supported in this version), found the text \"cnn\".")]
    [InlineData("""{ "hidden": [64] }""", "model.kind: Missing; it is required. Add for example kind: mlp.")]
    [InlineData("""{ "kind": "mlp" }""", "model.hidden: Missing; it is required. Add for example hidden: [64].")]
    [InlineData("""{ "kind": "mlp", "hidden": 64 }""", "model.hidden: Expected a list of unit counts such as [64] or [128, 64], found '64'.")]
    [InlineData("""{ "kind": "mlp", "hidden": [] }""", "model.hidden: 0 hidden layers are out of range; use 1 to 32, or kind: softmax for none.")]
    [InlineData("""{ "kind": "mlp", "hidden": [64, 0] }""", "model.hidden: 0 units are out of range; use 1 to 65536 in each layer.")]
    [InlineData("""{ "kind": "mlp", "hidden": [64, "32"] }""", "model.hidden[1]: Expected a whole number, found the text \"32\". Remove the quotes.")]
    [InlineData("""{ "kind": "mlp", "hidden": [64], "activation": "swish" }""", "model.activation: Expected relu or tanh or gelu, found the text \"swish\".")]
    [InlineData("""{ "kind": "mlp", "hidden": [64], "task": "ranking" }""", "model.task: Expected classification or regression, found the text \"ranking\".")]
    [InlineData("""{ "kind": "linear", "activation": "relu" }""", "model.activation: A linear model has no activation. Remove the key, or use kind: mlp.")]
    [InlineData("""{ "kind": "linear", "task": "classification" }""", "model.task: A linear model always predicts a number. Remove the key, or use kind: mlp.")]
    [InlineData("""{ "kind": "logistic", "task": "regression" }""", "model.task: A logistic model always predicts classes. Remove the key, or use kind: mlp.")]
    [InlineData("""{ "kind": "softmax", "hidden": [64] }""", "model.hidden: A softmax model has no hidden. Remove the key, or use kind: mlp.")]
    public void Read_BadModel_GivesFieldValueRuleAndWayOut(string model, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("model", model))));

    [Theory]
    [InlineData("linear", "val_accuracy")]
    [InlineData("linear", "val_auc")]
    public void Read_MetricOfClassesForANumber_NamesThoseThatSuit(string kind, string metric) =>
        Assert.Equal(
            [$"objective.metric: {metric} does not suit the {kind} model, which predicts a number; use val_loss, val_rmse or val_mae."],
            SweepText.ProblemsOf(SweepText.With(("objective", $$"""{ "metric": "{{metric}}" }"""), ("model", $$"""{ "kind": "{{kind}}" }"""))));

    [Theory]
    [InlineData("""{ "batchSize": 8 }""", "training.epochs: Missing; it is required. Add for example epochs: 20.")]
    [InlineData("""{ "epochs": 0 }""", "training.epochs: 0 is out of range; use 1 to 100000.")]
    [InlineData("""{ "epochs": 2, "batchSize": "full" }""", "training.batchSize: Expected a whole number or all, found the text \"full\".")]
    [InlineData("""{ "epochs": 2, "batchSize": -4 }""", "training.batchSize: -4 is out of range; use 1 to 1048576, or all for plain gradient descent.")]
    [InlineData("""{ "epochs": 2, "gradientClip": 0 }""", "training.gradientClip: 0 is out of range; use a norm above 0 and up to 1e30, such as 1, or leave it out to clip nothing.")]
    [InlineData("""{ "epochs": 2, "gradientClip": 1e31 }""", "training.gradientClip: 1E+31 is out of range; use a norm above 0 and up to 1e30, such as 1, or leave it out to clip nothing.")]
    [InlineData("""{ "epochs": 2, "gradientClip": "norm" }""", "training.gradientClip: Expected a number such as 0.1 or 1e-4, found the text \"norm\".")]
    [InlineData("""{ "epochs": 2, "seed": 1e30 }""", "training.seed: '1e30' is out of range; use a whole number of fewer digits.")]
    public void Read_BadTraining_GivesFieldValueRuleAndWayOut(string training, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("training", training))));

    [Theory]
    [InlineData("""{ "parallelism": 0 }""", "execution.parallelism: 0 is out of range; use 1 to 10000 jobs, or leave it out.")]
    [InlineData("""{ "trialsPerJob": 0 }""", "execution.trialsPerJob: 0 is out of range; use 1 or more, or auto.")]
    [InlineData("""{ "trialsPerJob": "many" }""", "execution.trialsPerJob: Expected a whole number or auto, found the text \"many\".")]
    [InlineData("""{ "maxAttempts": 101 }""", "execution.maxAttempts: 101 is out of range; use 1 to 100.")]
    [InlineData("""{ "kernel": "cuda" }""", "execution.kernel: 'cuda' is not a kernel path; use auto, portable, avx2, avx512.")]
    public void Read_BadExecution_GivesFieldValueRuleAndWayOut(string execution, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("execution", execution))));
}
