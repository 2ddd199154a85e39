using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Prediction;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Execution;

/// <summary>Scores the rows of <c>data.test</c> with the winner's model: what <c>cloudsweep predict</c> says of these files, to the last bit.</summary>
internal sealed class TestAttempt(IShardSource source, ICheckpointStore checkpoints)
{
    public async Task<AttemptEnd> RunAsync(Grant grant, GrantedWork.Test work, LeaseKeeper keeper, AttemptProgress progress, AttemptStop stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, stop.Forced, keeper.Unwanted);
        try
        {
            var predictor = await LoadAsync(grant, work, progress, ending.Token);
            var shards = new ShardTable([.. grant.Shards.Shards.Where(shard => shard.Role == ShardRole.Test)]);
            var summary = await Task.Run(() => predictor.RunAsync(source, shards, new PredictionSettings(IgnoresLabel: false), null, ending.Token), ending.Token);
            if (summary.LabelledRows < summary.Rows)
            {
                throw new DataErrorException($"{summary.Rows - summary.LabelledRows} of {summary.Rows} test rows have no label; fill them in, or leave data.test out.");
            }

            Metric[] metrics = [.. summary.Metrics.Select(metric => metric with { Name = MetricNames.OnTestRows(metric.Name) })];
            var measurement = new Measurement.Test(work.Trial.Trial, work.Trial.Try, work.Model.Step, summary.Rows, metrics);
            await keeper.Outbox.AddAsync(new News.Measured(measurement), ending.Token);
            return new AttemptEnd.Finished();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return keeper.Directive == JobDirective.Cancel ? new AttemptEnd.Finished() : StopReasons.Released(keeper.Directive);
        }
    }

    private async Task<Predictor> LoadAsync(Grant grant, GrantedWork.Test work, AttemptProgress progress, CancellationToken cancellationToken)
    {
        await using var stored = await checkpoints.OpenAsync(work.Model.Name, cancellationToken)
            ?? throw new MalformedDocumentException($"The model {work.Model.Name} is not in the checkpoint store.");
        using var file = new MemoryStream();
        await stored.CopyToAsync(file, cancellationToken);
        file.Position = 0;
        var origin = new ModelSource(grant.Lease.Job.Sweep.Value, work.Trial.Trial, work.Trial.Parameters, work.Model.Step, grant.KernelPath, [], []);
        var kernel = KernelPaths.Parse(grant.KernelPath) ?? throw new InvalidOperationException($"No kernel path '{grant.KernelPath}'.");
        return new Predictor(ModelExport.Describe(origin, grant.Spec, work.Data), SafetensorsReader.Read(file).Tensors, kernel) { Counters = progress.Data };
    }
}
