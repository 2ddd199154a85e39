using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Prediction;
using Grpc.Core;
using TrialParameters = CloudSweep.Core.Domain.TrialParameters;

namespace CloudSweep.Cli.Results;

/// <summary>Fetches the winner's model and writes it as <c>model.safetensors</c>: whole or not at all.</summary>
internal static class ModelDownload
{
    /// <returns>The file; null when the sweep has no model to hand out.</returns>
    public static async Task<string?> WriteAsync(Sweeps.SweepsClient sweeps, SweepResult result, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = ResultFolder.ModelIn(folder);
        var (weights, whole) = ($"{path}.{Environment.ProcessId}.weights.tmp", $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            var head = await FetchAsync(sweeps, result.Progress.Sweep, weights, cancellationToken);
            await using (var source = File.OpenRead(weights))
            await using (var target = File.Create(whole))
            {
                ModelExport.Write(SourceOf(result, head), result.Spec, CanonicalJson.Read<DataProfile>(head.ProfileJson), source, target);
            }

            File.Move(whole, path, overwrite: true);
            return path;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            File.Delete(path);
            return null;
        }
        finally
        {
            File.Delete(weights);
            File.Delete(whole);
        }
    }

    private static async Task<ModelHead> FetchAsync(Sweeps.SweepsClient sweeps, string sweep, string path, CancellationToken cancellationToken)
    {
        using var call = sweeps.DownloadModel(new DownloadModelRequest { Sweep = sweep }, cancellationToken: cancellationToken);
        ModelHead? head = null;
        await using var file = File.Create(path);
        await foreach (var part in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            head ??= part.Head;
            await file.WriteAsync(part.Chunk.Memory, cancellationToken);
        }

        return head is not null && file.Length == head.SizeBytes
            ? head
            : throw new MalformedDocumentException("The Coordinator sent a model that is cut short; run the command again.");
    }

    private static ModelSource SourceOf(SweepResult result, ModelHead head) => new(
        result.Progress.Sweep,
        head.Trial.Number,
        ToDomain(head.Trial.Parameters),
        head.Step,
        head.Numerics,
        ToDomain(head.Trial.Metrics),
        ToDomain(head.Trial.TestMetrics));

    private static TrialParameters ToDomain(Protos.V1.TrialParameters parameters) => new(
        parameters.LearningRate,
        CanonicalJson.Read<OptimizerSettings>(parameters.OptimizerJson),
        CanonicalJson.Read<ScheduleSettings>(parameters.ScheduleJson),
        parameters.Repeat,
        parameters.RateIndex,
        CanonicalJson.Read<ModelSpec>(parameters.ModelJson),
        CanonicalJson.Read<TrainingSpec>(parameters.TrainingJson));

    private static Metric[] ToDomain(IEnumerable<MetricValue> metrics) => [.. metrics.Select(metric => new Metric(metric.Name, metric.Value, metric.StandardError))];
}
