using System.IO.Compression;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
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
    private static readonly TrainingSpec Training = new(2, 32, 7);

    private readonly DataFolder _folder = new(allowed: DataFolder.Digits);
    private readonly DataFolder _held = new();

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in KernelPaths.Supported().Select(KernelPaths.Name))
        {
            data.Add("classes", path);
            data.Add("a number", path);
        }

        return data;
    }

    public void Dispose()
    {
        _folder.Dispose();
        _held.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_ExportedModelOnValidationRows_GivesTheStoredMetricsToTheLastBit(string predicts, string path)
    {
        var isNumber = predicts == "a number";
        var sweep = Execution.Some.Spec with
        {
            Data = Spec with { Task = isNumber ? LearningTask.Regression : LearningTask.Classification },
            Model = isNumber ? new ModelSpec.Mlp([19, 8], Activation.Gelu, LearningTask.Regression) : Jobs.Mlp,
            Training = Training,
        };
        var (evaluation, file) = await TrainAsync(sweep);
        var (document, weights) = ModelFile.Read(file);
        await PutValidationRowsAsync();
        var shards = await _held.Source.FindAsync(Path.Combine(_held.Data, "*.csv"), CancellationToken.None);

        var summary = await new Predictor(document, weights, KernelPaths.Parse(path)!.Value).RunAsync(_held.Source, shards, new PredictionSettings(false), new MemoryStream(), CancellationToken.None);

        Assert.Equal(evaluation.Rows, summary.LabelledRows);
        Assert.Equal(CanonicalJson.Write(evaluation.Metrics), CanonicalJson.Write(summary.Metrics));
    }

    /// <summary>The last evaluation, and the exported model.</summary>
    private async Task<(Measurement.Evaluation Evaluation, MemoryStream File)> TrainAsync(SweepSpec sweep)
    {
        var table = await _folder.Source.FindAsync(Path.Combine(DataFolder.Digits, "part-*.csv.gz"), CancellationToken.None);
        var shards = new List<ShardProfile>();
        foreach (var shard in table.Shards)
        {
            shards.Add(await _folder.Profiler.ProfileAsync(shard, sweep.Data, _folder.Counters, CancellationToken.None));
        }

        var profile = ProfileMerger.Merge(shards, sweep.Data);
        var rows = await _folder.Rows().OpenAsync(sweep.Data, table, profile, 1, _folder.Counters, CancellationToken.None);
        var lane = new LaneSpec(1, 1, new TrialParameters(0.01, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, sweep.Model, sweep.Training));
        var job = Jobs.Run(new TrainingPlan([lane], Math.Log(10)), rows, KernelPaths.Supported()[0], 1);
        var evaluation = job.Measurements.OfType<Measurement.Evaluation>().Last();
        var file = new MemoryStream();
        var source = new ModelSource("digits-00000000", 1, lane.Parameters, job.Models[1].Step, "1/avx2", evaluation.Metrics, []);
        ModelExport.Write(source, sweep, profile, new MemoryStream(job.Models[1].File), file);
        file.Position = 0;
        return (evaluation, file);
    }

    private async Task PutValidationRowsAsync()
    {
        foreach (var path in Directory.EnumerateFiles(DataFolder.Digits, "part-*.csv.gz"))
        {
            var shard = (await _folder.Source.FindAsync(path, CancellationToken.None)).Shards.Single();
            var key = Path.GetFileName(path).Replace("part-", "", StringComparison.Ordinal).Replace(".csv.gz", "", StringComparison.Ordinal);
            var split = new RowSplit(Spec, shard with { Key = key });
            var lines = await LinesAsync(shard.Uri);
            var held = lines.Skip(1).Where((_, row) => split.IsHeldOut(row)).Select(line => line + '\n');
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
