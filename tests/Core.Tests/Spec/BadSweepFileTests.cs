namespace CloudSweep.Core.Tests.Spec;

/// <summary>What a user reads who made mistakes in the form of the file: keys, types, missing parts.</summary>
public sealed class BadSweepFileTests
{
    [Theory]
    [InlineData("repeat", "3", "repeat: 'repeat' is not a key here. Did you mean 'repeats'?")]
    [InlineData("Schedule", "\"cosine\"", "Schedule: 'Schedule' is not a key here. Did you mean 'schedule'?")]
    [InlineData("training", """{ "epochs": 2, "batchsize": 8 }""", "training.batchsize: 'batchsize' is not a key here. Did you mean 'batchSize'?")]
    [InlineData("batchSize", "8", "batchSize: 'batchSize' is not a key here. Its place is training.batchSize.")]
    [InlineData("frobnicate", "1", "frobnicate: 'frobnicate' is not a key here. Known keys here: version, name, objective, data, model, training, learningRate, optimizer, schedule, vary, repeats, pruning, execution.")]
    [InlineData("parallelTrialCount", "2", "parallelTrialCount: 'parallelTrialCount' is not a key here. Katib's parallelTrialCount is execution.parallelism here (in jobs).")]
    [InlineData("method", "\"grid\"", "method: 'method' is not a key here. W&B's method is not needed: the grid is given by learningRate.")]
    [InlineData("weightDecay", "0.1", "weightDecay: 'weightDecay' is not a key here. Its place is an optimizer: { kind: adamw, weightDecay: 0.01 }.")]
    [InlineData("gradientClip", "1", "gradientClip: 'gradientClip' is not a key here. Its place is training.gradientClip.")]
    [InlineData("training", """{ "epochs": 2, "max_grad_norm": 1 }""", "training.max_grad_norm: 'max_grad_norm' is not a key here. max_grad_norm is training.gradientClip here.")]
    [InlineData("lr_scheduler", "\"cosine\"", "lr_scheduler: 'lr_scheduler' is not a key here. lr_scheduler is schedule here.")]
    [InlineData("limits", "{}", "limits: 'limits' is not a key here. Limits are not supported in this version; stop a sweep with Ctrl-C. Remove the key.")]
    public void Read_UnknownKey_SaysWhatToWriteInstead(string section, string json, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With((section, json))));

    [Theory]
    [InlineData("version", "version: Missing; it is required. Add for example version: 1.")]
    [InlineData("name", "name: Missing; it is required. Add for example name: my-sweep.")]
    [InlineData("data", "data: Missing; it is required. Add for example data: { train: data/part-*.csv, label: label }.")]
    [InlineData("model", "model: Missing; it is required. Add for example model: { kind: softmax } or model: { kind: mlp, hidden: [64] }.")]
    [InlineData("training", "training: Missing; it is required. Add for example training: { epochs: 20, batchSize: 32 }.")]
    [InlineData("learningRate", "learningRate: Missing; it is required. Add for example learningRate: auto, or { scale: log, min: 1e-4, max: 1, count: 9 }.")]
    [InlineData("optimizer", "optimizer: Missing; it is required. Add for example optimizer: [sgd, adam].")]
    public void Read_SectionMissing_GivesAnExample(string section, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With((section, null))));

    [Theory]
    [InlineData("name", "null", "name: Expected text such as my-sweep, found nothing.")]
    [InlineData("name", "[]", "name: Expected text such as my-sweep, found a list.")]
    [InlineData("repeats", "\"3\"", "repeats: Expected a whole number, found the text \"3\". Remove the quotes.")]
    [InlineData("repeats", "2.5", "repeats: Expected a whole number, found '2.5'.")]
    [InlineData("repeats", "3000000000", "repeats: '3000000000' is out of range; use a whole number of fewer digits.")]
    [InlineData("training", "20", "training: Expected keys with values (epochs, batchSize, gradientClip, seed), found '20'.")]
    [InlineData("data", "\"a.csv\"", "data: Expected keys with values (train, format, label, header, delimiter, features, scale, clip, missing, missingLabels, validation, test, onBadRow, maxBadRows), found the text \"a.csv\".")]
    [InlineData("learningRate", "\"0.1\"", "learningRate: Expected { min: 1e-4, max: 1, count: 9 }, a list such as [0.01, 0.1], one rate or auto, found the text \"0.1\". Remove the quotes.")]
    [InlineData("version", "{}", "version: Expected a whole number, found keys with values.")]
    public void Read_WrongType_SaysWhatIsExpectedAndWhatWasFound(string section, string json, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With((section, json))));

    [Theory]
    [InlineData("version", "2", "version: 2 is not known; this program reads version 1.")]
    [InlineData("name", "\"My Sweep\"", "name: 'My Sweep' is not a name; use 1 to 63 lower-case letters, digits and inner hyphens, such as digits-mlp.")]
    [InlineData("repeats", "0", "repeats: 0 is out of range; use 1 to 1000.")]
    public void Read_ValueBreaksARule_GivesValueRuleAndWayOut(string section, string json, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With((section, json))));

    [Fact]
    public void Read_KeyTwice_IsReportedOnce()
    {
        var json = SweepText.With(("repeats", """2, "repeats": 3, "repeats": 4"""));

        Assert.Equal(["repeats: 'repeats' is given twice; a key may be given once. Remove one."], SweepText.ProblemsOf(json));
    }

    [Fact]
    public void Read_NotAMap_IsOneMistake() =>
        Assert.Equal(
            ["(file): Expected keys with values (version, name, objective, data, model, training, learningRate, optimizer, schedule, vary, repeats, pruning, execution), found a list."],
            SweepText.ProblemsOf("[]"));

    [Fact]
    public void Read_MistakesOfEveryKind_AreAllReportedAtOnce()
    {
        var json = SweepText.With(
            ("name", "\"Digits\""),
            ("data", """{ "train": "a.csv", "validation": { "fraction": 1.5 } }"""),
            ("model", """{ "kind": "mlp", "hiden": [64] }"""),
            ("training", """{ "epochs": "ten", "batchSize": 0 }"""),
            ("learningRate", """{ "scale": "log", "min": 1, "max": 0.001, "count": 4 }"""),
            ("optimizer", """["sgd", "lion"]"""),
            ("repeats", "0"));

        Assert.Equal(
            [
                "data.label: Missing; it is required. Add for example label: label (a column's name) or label: 0 (its position).",
                "model.hiden: 'hiden' is not a key here. Did you mean 'hidden'?",
                "model.hidden: Missing; it is required. Add for example hidden: [64].",
                "training.epochs: Expected a whole number, found the text \"ten\".",
                "optimizer[1]: Expected sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw (others are not supported in this version), found the text \"lion\".",
                "name: 'Digits' is not a name; use 1 to 63 lower-case letters, digits and inner hyphens, such as digits-mlp.",
                "repeats: 0 is out of range; use 1 to 1000.",
                "data.validation.fraction: 1.5 is out of range; use a share between 0 and 1, such as 0.2.",
                "training.batchSize: 0 is out of range; use 1 to 1048576, or all for plain gradient descent.",
                "learningRate.min: 1 is above max (0.001); swap them.",
            ],
            SweepText.ProblemsOf(json));
    }
}
