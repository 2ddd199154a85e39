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

    /// <summary>Trains until every lane has ended or the observer stops it.</summary>
    /// <param name="checkpoint">To resume from; null starts from the beginning.</param>
    /// <param name="cancellationToken">Checked at every turn.</param>
    /// <exception cref="MalformedDocumentException">The checkpoint is damaged or of another plan.</exception>
    public void Run(Stream? checkpoint, CancellationToken cancellationToken)
    {
        var lanes = NewLanes();
        var turnRows = TurnSize.Rows(rows.FeatureCount, rows.TrainRows, lanes.Select(lane => lane.Shape.BatchSize));
        var layouts = lanes.Select(lane => lane.Layout).Distinct().ToArray();
        var position = checkpoint is null ? 0 : CheckpointFile.Read(checkpoint, rows, lanes);
        KeepOpen(lanes);
        Settle();
        if (checkpoint is not null && plan.Pruning is not null && !IsDecided(position))
        {
            return;
        }

        var crewSize = lanes.Exists(SharedProducts.CanShare) ? threads : Math.Min(threads, lanes.Count);
        using var crew = new LaneCrew(crewSize, () => new Scratch(layouts));
        var ahead = new ReadAhead(turnRows, rows.FeatureCount);
        while (_open.Count > 0)
        {
            var epoch = (int)(position / rows.TrainRows);
            if (!RunEpoch(epoch, position % rows.TrainRows, ahead, crew, cancellationToken))
            {
                return;
            }

            position = (epoch + 1L) * rows.TrainRows;
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

    private bool RunEpoch(int epoch, long firstRow, ReadAhead ahead, LaneCrew crew, CancellationToken cancellationToken)
    {
        using var reader = rows.OpenEpoch(epoch, firstRow);
        ahead.Begin(reader);
        for (var row = firstRow; ahead.Current is { } tile; ahead.Advance())
        {
            var isLast = row + tile.Count == rows.TrainRows;
            for (var done = 0; done < tile.Count;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = RowsOfTurn((epoch * rows.TrainRows) + row + done, tile.Count - done);
                var works = done == 0 && !isLast && threads > 1 ? [ahead, .. _works] : _works;
                crew.Run(works, (work, scratch) => work.Train(tile, done, count, row, scratch));
                if (!EndTurn(epoch, row + done, count, ahead.Capacity, crew, cancellationToken))
                {
                    return false;
                }

                done += count;
            }

            row += tile.Count;
            if (isLast)
            {
                break;
            }
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
