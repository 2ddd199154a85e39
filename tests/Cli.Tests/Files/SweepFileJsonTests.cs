using CloudSweep.Cli.Files;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Settings;
using CsCheck;

namespace CloudSweep.Cli.Tests.Files;

/// <summary>What is written reads back as the same sweep: whoever has a report can run it again.</summary>
public sealed class SweepFileJsonTests
{
    private static readonly SweepSpec Digits = Read(File.ReadAllText(Repository.PathOf("examples", "digits.yaml")));

    public static readonly TheoryData<string> Files =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("examples"), "*.yaml").Select(File.ReadAllText),
        """
        version: 1
        name: everything
        objective: { metric: val_mae, goal: minimize, use: best }
        data:
          train: "a'*.tsv"
          format: csv
          label: -1
          header: false
          delimiter: "\t"
          features:
            include: [c0, c1, c2, c3]
            exclude: [c4]
            columns: { c0: { kind: numeric, missing: 3.5, missingCells: ["?"], indicator: true }, c1: { kind: category, missing: category }, c2: { kind: hashed, buckets: 100 } }
          onBadRow: skip
          maxBadRows: 0.2
          missing: ["", "<none>"]
          missingLabels: ["-"]
          scale: max
          clip: 3
          validation: { uri: v.tsv }
          test: t.tsv
        model: { kind: mlp, hidden: [8, 4], activation: gelu, task: regression }
        training: { epochs: 3, batchSize: all, gradientClip: 0.5, seed: -4 }
        learningRate: { scale: random, min: 1e-5, max: 0.1, count: 7, seed: 11, extendEdges: true, refine: 2 }
        optimizer: [sgd, { kind: adam, beta2: 0.99, learningRate: [0.001, 0.01] }, { kind: adamw, learningRate: { scale: linear, min: 0.1, max: 0.2, count: 3 } }]
        schedule: [constant, { kind: step, everyEpochs: 2 }, { kind: oneCycle, divFactor: 10 }]
        vary:
          training.batchSize: [32, all, 128]
          model.hidden: [[8], [128, 64]]
          optimizer.beta1: [0.8, 0.9]
          optimizer.weightDecay: [0, 0.01]
        repeats: 2
        pruning: { kind: successiveHalving, reductionFactor: 3 }
        execution: { parallelism: 2, trialsPerJob: 16, maxAttempts: 7, kernel: portable }
        """,
        """
        version: 1
        name: libsvm
        data: { train: a.svm, label: 0, features: { count: 50 }, validation: { fraction: 0.3, seed: 5 } }
        model: { kind: logistic }
        training: { epochs: 1 }
        learningRate: 0.1
        optimizer: nesterov
        """,
        """
        version: 1
        name: ranges
        data: { train: a.csv, label: 0 }
        model: { kind: softmax }
        training: { epochs: 1 }
        learningRate: auto
        optimizer:
          - sgd
          - { kind: adam, learningRate: { scale: auto, count: 0 } }
          - { kind: adamw, learningRate: { scale: auto, count: 9, extendEdges: false, refine: 3 } }
        """,
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Write_AnySweep_ReadsBackAsTheSame(string file)
    {
        var spec = Read(file);

        Assert.Equal(CanonicalJson.Write(spec), CanonicalJson.Write(ReadJson(SweepFileJson.Write(spec))));
    }

    [Fact]
    public void Write_AnyConstants_ReadBackAsTheSame() => Gen.Select(RandomSettings.Optimizer, RandomSettings.Schedule, RandomSettings.GradientClip).Sample((optimizer, schedule, clip) =>
    {
        var spec = Digits with { Optimizers = [new OptimizerChoice(optimizer, null)], Schedules = [schedule], Training = Digits.Training with { GradientClip = clip } };

        Assert.Equal(CanonicalJson.Write(spec), CanonicalJson.Write(ReadJson(SweepFileJson.Write(spec))));
    });

    private static SweepSpec Read(string yaml) => Assert.IsType<SweepFileResult.Valid>(SweepFileReader.Read(YamlSpecNode.Parse(yaml))).Spec;

    private static SweepSpec ReadJson(string json)
    {
        var result = SweepFileReader.Read(JsonSpecNode.Parse(json));
        return result is SweepFileResult.Valid(var spec) ? spec : throw new InvalidOperationException(string.Join('\n', ((SweepFileResult.Invalid)result).Violations));
    }
}
