using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Prediction;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Tests.Data;
using CloudSweep.Worker.Tests.Data.Formats;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Prediction;

/// <summary>A model of numbers, categories and hashed texts with missing cells scores raw files as its sweep did, to the last bit, whatever they are stored in.</summary>
public sealed class MixedColumnsTests : IDisposable
{
    private const int Rows = 400;
    private const int Shards = 2;

    private readonly DataFolder _folder = new();
    private readonly DataFolder _held = new();

    public void Dispose()
    {
        _folder.Dispose();
        _held.Dispose();
    }

    [Theory]
    [InlineData("softmax", "held.csv")]
    [InlineData("softmax", "held.csv.zst")]
    [InlineData("softmax", "held.parquet")]
    [InlineData("softmax", "turned.csv.gz")]
    [InlineData("logistic", "turned.csv")]
    [InlineData("mlp", "held.parquet")]
    [InlineData("linear", "held.csv")]
    [InlineData("linear", "turned.csv")]
    [InlineData("linear", "held.parquet")]
    public async Task Run_ValidationRowsOfMixedColumns_GivesTheStoredMetricsToTheLastBit(string kind, string file)
    {
        ModelSpec model = kind switch
        {
            "softmax" => new ModelSpec.Softmax(),
            "logistic" => new ModelSpec.Logistic(),
            "mlp" => new ModelSpec.Mlp([9], Activation.Gelu),
            _ => new ModelSpec.Linear(),
        };
        var rows = Enumerable.Range(0, Rows).Select(row => MixedTable.Row(row, model.Learns)).ToArray();
        foreach (var (shard, chunk) in rows.Chunk(Rows / Shards).Index())
        {
            _folder.Put($"part-{shard}.csv", MixedTable.Csv(chunk));
        }

        var data = MixedTable.Spec(DataFolder.Spec, model.Learns);
        var table = await _folder.FindAllAsync("part-*.csv");
        var (evaluation, document, weights) = await TrainAsync(data, model, table);
        var held = rows.Where((_, row) => new RowSplit(data, table.Shards[row / (Rows / Shards)]).IsHeldOut(row % (Rows / Shards))).ToArray();
        _held.Put(file, file.EndsWith(".parquet", StringComparison.Ordinal) ? await MixedTable.ParquetAsync(held)
            : TableFiles.Utf8(file.StartsWith("turned", StringComparison.Ordinal) ? MixedTable.TurnedCsv(held) : MixedTable.Csv(held)));

        var summary = await PredictAsync(document, weights);

        Assert.Equal(evaluation.Rows, summary.LabelledRows);
        Assert.Equal(CanonicalJson.Write(evaluation.Metrics), CanonicalJson.Write(summary.Metrics));
        Assert.Equal(["age", "income", "city", "zip", "plan"], document.Inputs.Select(input => input.Column));
    }

    [Fact]
    public async Task Run_LibsvmWithFewerFeatures_TakesTheOthersAsZero()
    {
        double[][] rows = [.. Enumerable.Range(0, 300).Select(row => new double[] { row % 2, row % 5, row % 7 < 3 ? 0 : row % 11, row % 3 })];
        _folder.Put("part.svm", TableFiles.Libsvm(rows));
        var data = DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0), Scale = FeatureScale.Standard };
        var table = await _folder.FindAllAsync("part.svm");
        var (evaluation, document, weights) = await TrainAsync(data, new ModelSpec.Softmax(), table);
        var held = rows.Where((_, row) => new RowSplit(data, table.Shards[0]).IsHeldOut(row)).ToArray();

        // The rows whose last feature is 0 have a highest index of 2, and one a feature that the model does not know.
        _held.Put("a.svm", TableFiles.Libsvm([.. held.Where(row => row[3] == 0)]));
        _held.Put("b.svm", TableFiles.Libsvm([.. held.Where(row => row[3] > 0)]).TrimEnd() + " 9:1\n");
        var summary = await PredictAsync(document, weights);

        Assert.Equal(evaluation.Rows, summary.LabelledRows);
        Assert.Equal(Accuracy(evaluation.Metrics), Accuracy(summary.Metrics));
    }

    private static double Accuracy(IReadOnlyList<Metric> metrics) => metrics.Single(metric => metric.Name == MetricNames.ValidationAccuracy).Value;

    private async Task<PredictionSummary> PredictAsync(ModelDocument document, IReadOnlyList<Tensor> weights)
    {
        var shards = await _held.Source.FindAsync(Path.Combine(_held.Data, "*"), CancellationToken.None);
        return await new Predictor(document, weights, KernelPaths.Supported()[0]).RunAsync(_held.Source, shards, new PredictionSettings(false), new MemoryStream(), CancellationToken.None);
    }

    /// <summary>The last evaluation, and the exported model after it was written and read.</summary>
    private async Task<(Measurement.Evaluation Evaluation, ModelDocument Document, IReadOnlyList<Tensor> Weights)> TrainAsync(DataSpec data, ModelSpec model, ShardTable table)
    {
        var sweep = Execution.Some.Spec with { Data = data, Model = model };
        var profile = await _folder.ProfileAllAsync(table, data);
        var rows = await _folder.Rows().OpenAsync(data, table, profile, 1, _folder.Counters, CancellationToken.None);
        var lane = new LaneSpec(1, 1, new TrialParameters(0.05, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, model, new TrainingSpec(3, 16, 7)));
        var job = Jobs.Run(new TrainingPlan([lane], double.MaxValue), rows, KernelPaths.Supported()[0], 1);
        var evaluation = job.Measurements.OfType<Measurement.Evaluation>().Last();
        using var file = new MemoryStream();
        var source = new ModelSource("mixed-00000000", 1, lane.Parameters, job.Models[1].Step, "1/avx2", evaluation.Metrics, []);
        ModelExport.Write(source, sweep, profile, new MemoryStream(job.Models[1].File), file);
        file.Position = 0;
        var (document, weights) = ModelFile.Read(file);
        return (evaluation, document, weights);
    }
}
