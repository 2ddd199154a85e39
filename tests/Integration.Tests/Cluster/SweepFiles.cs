namespace CloudSweep.Integration.Tests.Cluster;

/// <summary>Sweep files that differ in nothing but where their data is.</summary>
internal static class SweepFiles
{
    /// <summary>The main job's sweep of digits.</summary>
    public static string Digits(string folder) => $$"""
        version: 1
        name: digits-mlp
        objective: { metric: val_loss, goal: minimize }
        data: { train: "{{folder}}/part-*.csv.gz", label: label, validation: { fraction: 0.2 } }
        model: { kind: mlp, hidden: [64], activation: relu }
        training: { epochs: 30, batchSize: 32, seed: 7 }
        learningRate: { scale: log, min: 1e-4, max: 10, count: 16 }
        optimizer: [sgd, rmsprop, adam]
        execution: { trialsPerJob: 16 }
        """;

    public static string Mnist(string folder) => $$"""
        version: 1
        name: mnist10k
        data: { train: "{{folder}}/part-*.csv.gz", label: label, scale: max, validation: { fraction: 0.2 } }
        model: { kind: mlp, hidden: [256], activation: relu }
        training: { epochs: 3, batchSize: 32, seed: 7 }
        learningRate: { scale: log, min: 1e-4, max: 10, count: 12 }
        optimizer: sgd
        execution: { trialsPerJob: 4 }
        """;

    /// <summary>Trains for ten seconds or more of a processor's time, so that something can happen meanwhile.</summary>
    /// <param name="folder">Where the data is.</param>
    /// <param name="trialsPerJob">How the trials share jobs, which changes no bit.</param>
    public static string Long(string folder, int trialsPerJob = 3) => $$"""
        version: 1
        name: long-digits
        data: { train: "{{folder}}/part-*.csv.gz", label: label, validation: { fraction: 0.2 } }
        model: { kind: mlp, hidden: [64], activation: relu }
        training: { epochs: 200, batchSize: 32, seed: 7 }
        learningRate: { scale: log, min: 1e-3, max: 1, count: 18 }
        optimizer: sgd
        execution: { trialsPerJob: {{trialsPerJob}} }
        """;
}
