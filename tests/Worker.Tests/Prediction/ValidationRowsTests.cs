using System.IO.Compression;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Prediction;
using CloudSweep.Worker.Tests.Data;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Prediction;

/// <summary>A model that a sweep exports scores the validation rows as the sweep did, to the last bit, on every kernel path.</summary>
public sealed class ValidationRowsTests : IDisposable
{
    private static readonly DataSpec Spec = DataFolder.Spec with { Scale = FeatureScale.Standard };
    private static readonly SweepSpec Sweep = Execution.Some.Spec with { Data = Spec, Model = Jobs.Mlp, Training = new TrainingSpec(2, 32, 7) };

    private readonly DataFolder _folder = new(allowed: DataFolder.Digits);
    private readonly DataFolder _held = new();

    public static TheoryData<string> Paths() => [.. KernelPaths.Supported().Select(KernelPaths.Name)];

    public void Dispose()
    {
        _folder.Dispose();
        _held.Dispose();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Run_ExportedModelOnValidationRows_GivesTheStoredMetricsToTheLastBit(string path)
    {
        var (evaluation, file) = await TrainAsync();
        var (document, weights) = ModelFile.Read(file);
        await PutValidationRowsAsync();
        var shards = await _held.Source.FindAsync(Path.Combine(_held.Data, "*.csv"), CancellationToken.None);

        var summary = await new Predictor(document, weights, KernelPaths.Parse(path)!.Value).RunAsync(_held.Source, shards, new PredictionSettings(false), new MemoryStream(), CancellationToken.None);

        Assert.Equal(evaluation.Rows, summary.LabelledRows);
        Assert.Equal(CanonicalJson.Write(evaluation.Metrics), CanonicalJson.Write(summary.Metrics));
    }

    /// <summary>The last evaluation, and the exported model.</summary>
    private async Task<(Measurement.Evaluation Evaluation, MemoryStream File)> TrainAsync()
    {
        var (table, profile) = await _folder.ProfileAllAsync(Path.Combine(DataFolder.Digits, "part-*.csv.gz"), Spec);
        var rows = await _folder.Rows().OpenAsync(Spec, table, profile, 1, _folder.Counters, CancellationToken.None);
        var lane = new LaneSpec(1, 1, new TrialParameters(0.1, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0));
        var job = Jobs.Run(new TrainingPlan(Sweep.Model, Sweep.Training, [lane], Math.Log(10)), rows, KernelPaths.Supported()[0], 1);
        var evaluation = job.Measurements.OfType<Measurement.Evaluation>().Last();
        var file = new MemoryStream();
        var source = new ModelSource("digits-00000000", 1, lane.Parameters, job.Models[1].Step, "1/avx2", evaluation.Metrics, []);
        ModelExport.Write(source, Sweep, profile, new MemoryStream(job.Models[1].File), file);
        file.Position = 0;
        return (evaluation, file);
    }

    private async Task PutValidationRowsAsync()
    {
        foreach (var path in Directory.EnumerateFiles(DataFolder.Digits, "part-*.csv.gz"))
        {
            var shard = (await _folder.Source.FindAsync(path, CancellationToken.None)).Shards.Single();
            var key = Path.GetFileName(path).Replace("part-", "", StringComparison.Ordinal).Replace(".csv.gz", "", StringComparison.Ordinal);
            var split = new RowSplit(Spec.Validation, key);
            var lines = await LinesAsync(shard.Uri);
            var held = lines.Skip(1).Where((_, row) => split.IsValidation(row)).Select(line => line + '\n');
            _held.Put($"{key}.csv", string.Concat(held.Prepend(lines[0] + '\n')));
        }
    }

    private static async Task<string[]> LinesAsync(string uri)
    {
        await using var gzip = new GZipStream(File.OpenRead(new Uri(uri).LocalPath), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
