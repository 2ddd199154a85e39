using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Execution;

/// <summary>Scores the rows of <c>data.test</c> with the winner's model: what <c>cloudsweep predict</c> says of these files, to the last bit. Their text is not read again.</summary>
internal sealed class TestAttempt(ITrainingRowsFactory rowsFactory, CheckpointStore checkpoints)
{
    public async Task<AttemptEnd> RunAsync(Grant grant, GrantedWork.Test work, LeaseKeeper keeper, AttemptProgress progress, AttemptStop stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, stop.Forced, keeper.Unwanted);
        try
        {
            var weights = await LoadAsync(work.Model.Name, ending.Token);

            // Test rows have no order to choose.
            var rows = await rowsFactory.OpenAsync(grant.Spec.Data, grant.Shards, work.Data, orderSeed: 0, progress.Data, ending.Token);
            using var closing = rows as IDisposable;
            var kernel = KernelPaths.Parse(grant.KernelPath) ?? throw new InvalidOperationException($"No kernel path '{grant.KernelPath}'.");
            var metrics = Array.Empty<Metric>();
            await DedicatedThread.RunAsync("tester", () => metrics = [.. Score(work.Trial.Parameters.Model, weights, rows, kernel, ending.Token)]);
            await keeper.Outbox.AddAsync(new News.Measured(new Measurement.Test(work.Trial.Trial, work.Trial.Try, work.Model.Step, rows.TestRows, metrics)), ending.Token);
            return new AttemptEnd.Finished();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return keeper.Directive == JobDirective.Cancel ? new AttemptEnd.Finished() : StopReasons.Released(keeper.Directive);
        }
    }

    private static IEnumerable<Metric> Score(ModelSpec model, IReadOnlyList<Tensor> weights, ITrainingRows rows, KernelPath kernel, CancellationToken cancellationToken)
    {
        var kernels = KernelPaths.KernelsOf(kernel);
        var layout = new ModelLayout(model, rows.FeatureCount, rows.ClassCount);
        var loss = Loss.Of(model, rows.ClassCount, rows.TargetDeviation, rows.TestRows, kernels);
        var runner = new ModelRunner(new Network(layout, kernels, loss), ModelTensors.ToParameters(layout, weights));
        var sums = loss.NewEvaluation();
        var tileRows = ModelRunner.TileRows(rows.FeatureCount);
        using var reader = rows.OpenTest();
        while (reader.Next(tileRows, cancellationToken) is { } tile)
        {
            cancellationToken.ThrowIfCancellationRequested();
            runner.Run(tile, (row, padded) => sums.Add(padded, tile, row));
        }

        return sums.Close(1, 1, 1).Metrics.Select(metric => metric with { Name = MetricNames.OnTestRows(metric.Name) });
    }

    private async Task<IReadOnlyList<Tensor>> LoadAsync(string name, CancellationToken cancellationToken)
    {
        await using var stored = await checkpoints.OpenAsync(name, cancellationToken)
            ?? throw new MalformedDocumentException($"The model {name} is not in the checkpoint store.");
        using var file = new MemoryStream();
        await stored.CopyToAsync(file, cancellationToken);
        file.Position = 0;
        return SafetensorsReader.Read(file).Tensors;
    }
}
