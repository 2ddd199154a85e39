using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Worker.Training;

/// <summary>Trains the lanes of one job beside each other: every turn's rows are read once and handed to each lane.</summary>
/// <param name="plan">What to train.</param>
/// <param name="rows">What on.</param>
/// <param name="kernel">Kernel path; no path changes a bit.</param>
/// <param name="threads">Training threads, ≥ 1; no number of them changes a bit.</param>
/// <param name="observer">Hears of measurements, outcomes and turn ends.</param>
internal sealed partial class JobTrainer(TrainingPlan plan, ITrainingRows rows, KernelPath kernel, int threads, ITrainingObserver observer)
{
    private List<Lane> _open = [];
    private IReadOnlyList<ILaneWork> _works = [];
    private long _laneRows;

    // Training rows that every open lane has read, over all epochs.
    private long _position;

    /// <summary>Trains until every lane has ended or the observer stops it.</summary>
    /// <param name="checkpoint">To resume from; null starts from the beginning.</param>
    /// <param name="cancellationToken">Checked at every turn.</param>
    /// <exception cref="MalformedDocumentException">The checkpoint is damaged or of another plan.</exception>
    public void Run(Stream? checkpoint, CancellationToken cancellationToken)
    {
        var lanes = NewLanes();
        var turnRows = TurnSize.Rows(rows.FeatureCount, rows.TrainRows, lanes.Select(lane => lane.Shape.BatchSize));
        var layouts = lanes.Select(lane => lane.Layout).Distinct().ToArray();
        _position = checkpoint is null ? 0 : CheckpointFile.Read(checkpoint, rows, lanes);
        KeepOpen(lanes);
        Settle();
        if (checkpoint is not null && plan.Pruning is not null && !IsDecided(_position))
        {
            return;
        }

        var crewSize = lanes.Exists(SharedProducts.CanShare) ? threads : Math.Min(threads, lanes.Count);
        using var crew = new LaneCrew(crewSize, () => new Scratch(layouts));
        while (_open.Count > 0 && TrainToEndOfEpoch(turnRows, crew, cancellationToken))
        {
        }
    }

    private List<Lane> NewLanes()
    {
        var kernels = KernelPaths.KernelsOf(kernel);
        var networks = new Dictionary<ModelSpec, Network>();
        var shapes = new Dictionary<(TrainingSpec, Ramp?), TrainingShape>();
        var starts = new Dictionary<(ModelSpec Model, long Seed), Lane>();
        return [.. plan.Lanes.Select(lane =>
        {
            var (model, training) = (lane.Parameters.Model, lane.Parameters.Training);
            var network = networks.TryGetValue(model, out var made) ? made : networks[model] = Network.Of(model, rows, kernels);
            var shape = shapes.TryGetValue((training, lane.Parameters.Ramp), out var known)
                ? known
                : shapes[(training, lane.Parameters.Ramp)] = TrainingShape.Of(lane.Parameters, rows.TrainRows, plan.BaselineLoss);
            var seed = TrialSeeds.For(training, lane.Parameters.Repeat).InitialWeights;
            var start = starts.GetValueOrDefault((model, seed));
            return starts[(model, seed)] = new Lane(
                lane, network, shape, lane.Parameters.Ramp is null ? plan.KeepBestBy : null, plan.Pruning, start is null ? [] : start.Parameters);
        })];
    }

    /// <summary>From where the lanes are; whether they train on.</summary>
    private bool TrainToEndOfEpoch(int turnRows, LaneCrew crew, CancellationToken cancellationToken)
    {
        var (epoch, firstRow) = ((int)(_position / rows.TrainRows), _position % rows.TrainRows);
        using var reader = rows.OpenEpoch(epoch, firstRow);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(observer.Stopping, cancellationToken);
        var ahead = new ReadAhead(reader, turnRows);
        for (var row = firstRow; row < rows.TrainRows;)
        {
            RowTile? tile;
            try
            {
                tile = reader.Next(turnRows, waiting.Token);
            }
            catch (OperationCanceledException) when (waiting.IsCancellationRequested)
            {
                // Rows may take longer to come than there is time to stop in; the lanes are where the last turn ended.
                cancellationToken.ThrowIfCancellationRequested();
                return GoesOn(_position);
            }

            if (tile is null)
            {
                throw new InvalidOperationException($"The rows of epoch {epoch} end at {row} of {rows.TrainRows}.");
            }

            for (var done = 0; done < tile.Count;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = RowsOfTurn(_position, tile.Count - done);
                var works = done == 0 && threads > 1 ? [ahead, .. _works] : _works;
                crew.Run(works, (work, scratch) => work.Train(tile, done, count, row, scratch));
                if (!EndTurn(epoch, row + done, count, turnRows, crew, cancellationToken))
                {
                    return false;
                }

                done += count;
            }

            row += tile.Count;
        }

        return true;
    }

    /// <summary>A turn ends where a lane has a rung, so that it measures exactly there.</summary>
    private int RowsOfTurn(long position, int most)
    {
        var next = long.MaxValue;
        foreach (var lane in _open)
        {
            next = Math.Min(next, lane.NextRung(position));
        }

        return (int)Math.Min(most, next - position);
    }
}
