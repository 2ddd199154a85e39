using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Prediction;

/// <summary>Predicts rows of files with a model. Rows stream: memory does not grow with the data.</summary>
public sealed class Predictor
{
    private const int MaxBadShards = 5;

    private readonly ModelDocument _model;
    private readonly ModelRunner _runner;
    private readonly ModelOutput _output;
    private readonly RowTile _tile;
    private readonly int _features;

    /// <exception cref="MalformedDocumentException">The weights are not those of the model.</exception>
    public Predictor(ModelDocument model, IReadOnlyList<Tensor> weights)
        : this(model, weights, KernelPaths.Supported()[0])
    {
    }

    internal Predictor(ModelDocument model, IReadOnlyList<Tensor> weights, KernelPath kernel)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        var features = _features = model.Inputs.Sum(input => input.Width);
        var layout = new ModelLayout(model.Model, features, model.Classes.Count);
        var kernels = KernelPaths.KernelsOf(kernel);
        var loss = Loss.Of(model.Model, model.Classes.Count, model.Target?.Deviation ?? 1, 1, kernels);
        _runner = new ModelRunner(new Network(layout, kernels, loss), ModelTensors.ToParameters(layout, weights));
        _output = ModelOutput.Of(model, kernels);
        _tile = new RowTile(ModelRunner.TileRows(features), features);
    }

    /// <summary>What was read.</summary>
    internal DataCounters Counters { get; init; } = new();

    /// <summary>Writes a row of CSV for each row of the shards, in order. To be called once.</summary>
    /// <param name="source">Opens the shards.</param>
    /// <param name="shards">What to predict.</param>
    /// <param name="settings">How.</param>
    /// <param name="output">Where to; null = only the metrics are wanted. What was written is worth nothing when this throws.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DataErrorException">Rows break rules; the first mistakes of each of the first bad shards are listed.</exception>
    public async Task<PredictionSummary> RunAsync(IShardSource source, ShardTable shards, PredictionSettings settings, Stream? output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shards);
        var readers = new RecordReaderFactory(source);
        var bad = new List<DataErrorException>();
        long rows = 0, labelled = 0;
        using var csv = output is null ? null : PredictionCsv.Begin(output, _output.Columns);
        foreach (var shard in shards.Shards)
        {
            var prediction = new ShardPrediction(_model, shard, settings, _runner, _output, _tile, _features, csv);
            try
            {
                await prediction.RunAsync(readers, Counters, cancellationToken);
                rows += prediction.Rows;
                labelled += prediction.LabelledRows;
            }
            catch (DataErrorException exception) when (bad.Count + 1 < MaxBadShards)
            {
                bad.Add(exception);
            }
        }

        return bad.Count == 0
            ? new PredictionSummary(rows, labelled, labelled > 0 ? _output.Metrics() : [])
            : throw new DataErrorException(string.Join('\n', bad.Select(mistake => mistake.Message)), bad[0]);
    }
}
