using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;
using CloudSweep.TestSupport.Settings;
using CsCheck;

namespace CloudSweep.Core.Tests.Spec;

public sealed class SweepFileReaderTests
{
    private const string Full = """
        {
          "version": 1,
          "name": "digits-mlp",
          "objective": { "metric": "val_accuracy", "use": "best" },
          "data": {
            "train": "data/part-*.csv.gz", "format": "csv", "label": -1, "header": true, "delimiter": "\\t",
            "features": { "include": ["b", "a"], "exclude": ["id"] },
            "scale": "max", "clip": 3.5, "validation": { "fraction": 0.1, "seed": -4 }
          },
          "model": { "kind": "mlp", "hidden": [128, 64], "activation": "tanh" },
          "training": { "epochs": 1e2, "batchSize": "all", "gradientClip": 0.5, "seed": 9007199254740993 },
          "learningRate": { "min": 1e-4, "max": 10, "count": 6 },
          "optimizer": [
            "sgd",
            { "kind": "adagrad", "epsilon": 1e-9 },
            { "kind": "rmsprop", "alpha": 0.9 },
            { "kind": "adam", "beta2": 0.99, "learningRate": { "scale": "linear", "min": 0.1, "max": 0.3, "count": 3 } }
          ],
          "schedule": ["constant", { "kind": "step", "everyEpochs": 10 }, { "kind": "cosine", "minimumRate": 1e-6 }],
          "repeats": 3,
          "execution": { "parallelism": 2, "trialsPerJob": 8, "maxAttempts": 1, "kernel": "avx2" }
        }
        """;

    [Fact]
    public void Read_Search_IsOfItsGrid()
    {
        var spec = SweepText.SpecOf(SweepText.With(
            ("learningRate", """{ "min": 0.1, "max": 1, "count": 3, "extendEdges": true, "refine": 2 }"""),
            ("optimizer", """["sgd", { "kind": "adam", "learningRate": { "scale": "random", "min": 0.001, "max": 1, "count": 4, "seed": 9 } }]""")));

        Assert.Equal(new LearningRateGrid.Log(0.1, 1, 3) { ExtendEdges = true, Refine = 2 }, spec.LearningRate);
        Assert.Equal(new LearningRateGrid.Random(0.001, 1, 4, 9), spec.Optimizers[1].LearningRate);
    }

    [Fact]
    public void Read_NoSearch_LeavesNoTraceInTheDocument() =>
        Assert.DoesNotContain("refine", CanonicalJson.Write(SweepText.SpecOf(SweepText.With())), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Read_SmallestFile_FillsInEveryDefault()
    {
        var spec = SweepText.SpecOf(SweepText.With());

        Assert.Equal((1, "digits", 1), (spec.Version, spec.Name, spec.Repeats));
        Assert.Equal(new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final), spec.Objective);
        Assert.Equal(("a.csv", DataFormat.Auto, (bool?)null, ','), (spec.Data.Train, spec.Data.Format, spec.Data.Header, spec.Data.Delimiter));
        Assert.Equal((FeatureScale.Standard, 5, new ValidationSplit(0.2, 0)), (spec.Data.Scale, spec.Data.Clip, spec.Data.Validation));
        Assert.Empty(spec.Data.Include.Concat(spec.Data.Exclude));
        Assert.Equal(new TrainingSpec(2, 32, 0), spec.Training);
        Assert.Equal([new OptimizerChoice(new OptimizerSettings.Sgd(), null)], spec.Optimizers);
        Assert.Equal([new ScheduleSettings.Constant()], spec.Schedules);
        Assert.Equal(new ExecutionSpec(null, null, 5, "auto"), spec.Execution);
    }

    [Fact]
    public void Read_Columns_TakesEverySettingInOrderOfNames()
    {
        var data = SweepText.SpecOf(SweepText.With(("data", """
            {
              "train": "a.csv", "label": "y", "missing": ["", "?"], "validation": { "uri": "v-*.csv" }, "test": "t.csv.gz",
              "features": { "columns": {
                "zip": { "kind": "hashed", "buckets": 1e3, "missing": "category" },
                "city": "category",
                "age": { "kind": "numeric", "missing": -1.5, "indicator": true, "missingCells": ["-999"] },
                "when": { "kind": "category", "missing": "category" }
              } }
            }
            """))).Data;

        Assert.Equal(("v-*.csv", "t.csv.gz"), (data.ValidationFiles, data.Test));
        Assert.Equal(["", "?"], data.Missing);
        Assert.Equal(["age", "city", "when", "zip"], data.Columns.Select(column => column.Name));
        Assert.Equal(["-999"], data.Columns[0].MissingCells);
        Assert.True(data.Columns is [
            ColumnSettings.Numeric { Fill: -1.5, HasIndicator: true },
            ColumnSettings.Category { IsMissingACategory: false },
            ColumnSettings.Category { IsMissingACategory: true },
            ColumnSettings.Hashed { Buckets: 1000, IsMissingACategory: true }]);
    }

    [Fact]
    public void Read_ColumnSettings_SurviveTheStore()
    {
        var spec = SweepText.SpecOf(SweepText.With(("data", """
            { "train": "a.csv", "label": "y", "features": { "columns": { "zip": { "kind": "hashed", "buckets": 9 }, "age": "numeric", "city": "category" } } }
            """)));

        var json = CanonicalJson.Write(spec);

        Assert.Equal(json, CanonicalJson.Write(CanonicalJson.Read<SweepSpec>(json)));
    }

    [Fact]
    public void Read_FullFile_TakesEveryValue()
    {
        var spec = SweepText.SpecOf(Full);

        Assert.Equal(new Objective(MetricNames.ValidationAccuracy, ObjectiveGoal.Maximize, ScoreUse.Best), spec.Objective);
        Assert.Equal(("data/part-*.csv.gz", DataFormat.Csv, new ColumnSelector.ByIndex(-1)), (spec.Data.Train, spec.Data.Format, spec.Data.Label));
        Assert.Equal((true, '\t', FeatureScale.Max, 3.5, new ValidationSplit(0.1, -4)), (spec.Data.Header, spec.Data.Delimiter, spec.Data.Scale, spec.Data.Clip, spec.Data.Validation));
        Assert.Equal(["b", "a"], spec.Data.Include);
        Assert.Equal(["id"], spec.Data.Exclude);
        var mlp = Assert.IsType<ModelSpec.Mlp>(spec.Model);
        Assert.Equal([128, 64], mlp.Hidden);
        Assert.Equal(Activation.Tanh, mlp.Activation);
        Assert.Equal(new TrainingSpec(100, null, 9007199254740993, 0.5), spec.Training);
        Assert.Equal(new LearningRateGrid.Log(1e-4, 10, 6), spec.LearningRate);
        Assert.Equal(
            [
                new OptimizerChoice(new OptimizerSettings.Sgd(), null),
                new OptimizerChoice(new OptimizerSettings.AdaGrad(1e-9), null),
                new OptimizerChoice(new OptimizerSettings.RmsProp(0.9, 1e-8), null),
                new OptimizerChoice(new OptimizerSettings.Adam(0.9, 0.99, 1e-8), new LearningRateGrid.Linear(0.1, 0.3, 3)),
            ],
            spec.Optimizers);
        Assert.Equal([new ScheduleSettings.Constant(), new ScheduleSettings.Step(10, 0.1), new ScheduleSettings.Cosine(1e-6)], spec.Schedules);
        Assert.Equal((3, new ExecutionSpec(2, 8, 1, "avx2")), (spec.Repeats, spec.Execution));
    }

    [Theory]
    [InlineData("\"auto\"", 16, true, 0)]
    [InlineData("""{ "scale": "auto" }""", 16, true, 0)]
    [InlineData("""{ "scale": "auto", "count": 9, "extendEdges": false, "refine": 2 }""", 9, false, 2)]
    [InlineData("""{ "scale": "auto", "count": 0 }""", 0, false, 0)]
    public void Read_AutomaticRates_AreARangeTest(string text, int count, bool extendEdges, int refine)
    {
        var spec = SweepText.SpecOf(SweepText.With(("learningRate", "0.1"), ("optimizer", $$"""["sgd", { "kind": "adam", "learningRate": {{text}} }]""")));

        Assert.Equal(new LearningRateGrid.Auto(count) { ExtendEdges = extendEdges, Refine = refine }, spec.Optimizers[1].LearningRate);
        Assert.Equal(spec.Optimizers[1], CanonicalJson.Read<SweepSpec>(CanonicalJson.Write(spec)).Optimizers[1]);
    }

    [Theory]
    [InlineData("learningRate", "0.1", "[0.1]")]
    [InlineData("learningRate", "[1, 0.1]", "[0.1, 1]")]
    [InlineData("learningRate", """{ "min": 0.1, "max": 1, "count": 2 }""", """{ "scale": "log", "min": 1e-1, "max": 1.0, "count": 2 }""")]
    [InlineData("optimizer", "\"adam\"", """[{ "kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8 }]""")]
    [InlineData("optimizer", "\"momentum\"", """{ "kind": "momentum", "momentum": 0.9, "dampening": 0, "weightDecay": 0 }""")]
    [InlineData("optimizer", "\"adamw\"", """{ "kind": "adamw", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "amsgrad": false, "weightDecay": 0.01 }""")]
    [InlineData("schedule", "\"polynomial\"", """{ "kind": "polynomial", "power": 1 }""")]
    [InlineData("schedule", "\"warmupCosine\"", """{ "kind": "warmupCosine", "warmupFraction": 0.1, "startFactor": 0.01, "minimumRate": 0 }""")]
    [InlineData("schedule", "\"oneCycle\"", """{ "kind": "oneCycle", "warmupFraction": 0.3, "divFactor": 25, "finalDivFactor": 1e4 }""")]
    [InlineData("schedule", "\"cosine\"", """[{ "kind": "cosine", "minimumRate": 0 }]""")]
    [InlineData("training", """{ "epochs": 2 }""", """{ "epochs": 2.0, "batchSize": 32, "seed": 0 }""")]
    [InlineData("execution", "{}", """{ "trialsPerJob": "auto", "kernel": "auto" }""")]
    public void Read_TwoSpellingsOfOneSweep_GiveTheSameDocument(string section, string shortForm, string longForm) =>
        Assert.Equal(
            CanonicalJson.Write(SweepText.SpecOf(SweepText.With((section, longForm)))),
            CanonicalJson.Write(SweepText.SpecOf(SweepText.With((section, shortForm)))));

    // The document of an optimizer or schedule has the keys that the file has, so it can stand in one.
    [Fact]
    public void Read_AnySettingsWithEveryConstant_AreReadAsTheyAre() =>
        Gen.Select(RandomSettings.Optimizer.Array[1, 4], RandomSettings.Schedule.Array[1, 4], RandomSettings.GradientClip).Sample((optimizers, schedules, clip) =>
        {
            var json = SweepText.With(
                ("training", CanonicalJson.Write(clip is { } norm ? new { epochs = 2, gradientClip = norm } : (object)new { epochs = 2 })),
                ("optimizer", CanonicalJson.Write(optimizers.Distinct())),
                ("schedule", CanonicalJson.Write(schedules.Distinct())));

            var spec = SweepText.SpecOf(json);

            Assert.Equal(optimizers.Distinct(), spec.Optimizers.Select(choice => choice.Settings));
            Assert.Equal(schedules.Distinct(), spec.Schedules);
            Assert.Equal(clip, spec.Training.GradientClip);
            Assert.Empty(SweepSpecRules.Validate(CanonicalJson.Read<SweepSpec>(CanonicalJson.Write(spec))));
            Assert.Equal(CanonicalJson.Write(spec), CanonicalJson.Write(CanonicalJson.Read<SweepSpec>(CanonicalJson.Write(spec))));
        });

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("adagrad")]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Read_OptimizerByNameAlone_HasTheDefaults(string kind)
    {
        var settings = SweepText.SpecOf(SweepText.With(("optimizer", $"\"{kind}\""))).Optimizers[0].Settings;

        Assert.Equal((kind, settings.Usual()), (settings.Kind, settings));
        Assert.Contains($"Kind = {kind}", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeysInAnotherOrder_GivesTheSameDocument()
    {
        var reordered = SweepText.With(("version", null)).Insert(1, " \"repeats\": 1, \"version\": 1, ");

        Assert.Equal(CanonicalJson.Write(SweepText.SpecOf(SweepText.With())), CanonicalJson.Write(SweepText.SpecOf(reordered)));
    }

    [Fact]
    public void Read_LabelInQuotes_IsAName() =>
        Assert.Equal(new ColumnSelector.ByName("0"), SweepText.SpecOf(SweepText.With(("data", """{ "train": "a.csv", "label": "0" }"""))).Data.Label);

    [Fact]
    public void Write_SpecOfAFullFile_IsReadBackUnchanged()
    {
        var text = CanonicalJson.Write(SweepText.SpecOf(Full));

        var read = CanonicalJson.Read<SweepSpec>(text);

        Assert.Equal(text, CanonicalJson.Write(read));
        Assert.Empty(SweepSpecRules.Validate(read));
    }

    [Fact]
    public void Parse_TextThatIsNoJson_SaysWhere()
    {
        var exception = Assert.Throws<MalformedDocumentException>(() => JsonSpecNode.Parse("{ \"version\": }"));

        Assert.Contains("LineNumber: 0", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "version": 1, "name": "digits", "optimizers": [] }""")]
    public void Read_CanonicalDocumentWithMissingParts_IsMalformed(string json) =>
        Assert.Throws<MalformedDocumentException>(() => CanonicalJson.Read<SweepSpec>(json));
}
