using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Prediction;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Tests.Data;

namespace CloudSweep.Worker.Tests.Prediction;

/// <summary>A model that anyone can follow: two numbers x and y, (x − 1) / 2 and y, bounded by 5; it says "no" where the first is larger, else "yes, sir".</summary>
internal static class TinyModel
{
    public static ModelDocument Document { get; } = new(
        "tiny-00000000",
        3,
        40,
        "1/avx2",
        new ModelSpec.Softmax(),
        new TrialParameters(0.1, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Softmax(), new TrainingSpec(2, 32, 7)),
        new ModelText(new ColumnSelector.ByName("label"), HasHeader: true, ',', []),
        [new ModelInput.Number("x", [], 1, 2, 5, 0, true, false), new ModelInput.Number("y", [], 0, 1, 5, 0, true, false)],
        ["no", "yes, sir"],
        null,
        [new Metric("val_loss", 0.25, 0.01)],
        []);

    public static IReadOnlyList<Tensor> Weights { get; } =
        [new Tensor("layers.0.weight", [2, 2], [1, 0, 0, 1]), new Tensor("layers.0.bias", [2], [0, 0])];

    /// <summary>What the model writes for files of data, by name.</summary>
    public static Task<(string Csv, PredictionSummary Summary)> PredictAsync(DataFolder folder, ModelDocument model, bool ignoresLabel, params (string Name, string Text)[] files) =>
        PredictAsync(folder, model, Weights, ignoresLabel, files);

    /// <inheritdoc cref="PredictAsync(DataFolder, ModelDocument, bool, ValueTuple{string, string}[])"/>
    public static Task<(string Csv, PredictionSummary Summary)> PredictAsync(DataFolder folder, ModelDocument model, IReadOnlyList<Tensor> weights, params (string Name, string Text)[] files) =>
        PredictAsync(folder, model, weights, ignoresLabel: false, files);

    private static async Task<(string Csv, PredictionSummary Summary)> PredictAsync(
        DataFolder folder, ModelDocument model, IReadOnlyList<Tensor> weights, bool ignoresLabel, (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            folder.Put(name, text);
        }

        var shards = await folder.Source.FindAsync(Path.Combine(folder.Data, "*.csv"), CancellationToken.None);
        using var output = new MemoryStream();
        var summary = await new Predictor(model, weights).RunAsync(folder.Source, shards, new PredictionSettings(ignoresLabel), output, CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()), summary);
    }
}
