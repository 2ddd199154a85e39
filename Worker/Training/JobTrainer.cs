using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Worker.Training;

/// <summary>Trains the lanes of one job beside each other: every turn's rows are read once and handed to each lane.</summary>
/// <param name="plan">What to train.</param>
/// <param name="rows">What on.</param>
/// <param name="kernel">Kernel path; no path changes a bit.</param>
/// <param name="threads">Training threads, ≥ 1; no number of them changes a bit.</param>
/// <param name="observer">Hears of measurements, outcomes and turn ends.</param>
internal sealed class JobTrainer(TrainingPlan plan, ITrainingRows rows, KernelPath kernel, int threads, ITrainingObserver observer)
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

    private bool EndTurn(int epoch, long firstRow, int count, int capacity, LaneCrew crew, CancellationToken cancellationToken)
    {
        _laneRows += (long)count * _open.Count;
        var end = firstRow + count;
        var position = (epoch * rows.TrainRows) + end;
        var isRung = _open.Any(lane => lane.IsAtRung(position));
        if (end == rows.TrainRows)
        {
            Evaluate([.. _open.Where(lane => lane.IsEvaluationDue)], rows.OpenValidation, capacity, crew, cancellationToken);
        }
        else if (isRung)
        {
            Evaluate(
                [.. _open.Where(lane => lane.IsAtRung(position))],
                () => new RungRowReader(rows.OpenValidation(), rows.ValidationRows, capacity, rows.FeatureCount),
                capacity,
                crew,
                cancellationToken);
        }

        Settle();
        return isRung ? IsDecided(position) : GoesOn(position);
    }

    /// <summary>Waits to hear which lanes go on from here; whether any does.</summary>
    private bool IsDecided(long position)
    {
        if (_open.Count > 0)
        {
            observer.AwaitDecision(position, _laneRows);
        }

        return GoesOn(position);
    }

    private bool GoesOn(long position)
    {
        if (_open.Count > 0)
        {
            return Follow(observer.AtTurnEnd(position, _laneRows), position);
        }

        observer.AtEnd(position, _laneRows);
        return false;
    }

    private void Evaluate(List<Lane> due, Func<IRowReader> open, int capacity, LaneCrew crew, CancellationToken cancellationToken)
    {
        if (due.Count == 0)
        {
            return;
        }

        using var reader = open();
        var tiles = new TileSource(capacity, rows.FeatureCount);
        while (tiles.Next(reader) is { } validation)
        {
            cancellationToken.ThrowIfCancellationRequested();
            crew.Run(due, (lane, scratch) => lane.Evaluate(validation, scratch));
        }

        due.ForEach(lane => lane.FinishEvaluation());
    }

    /// <summary>Reports what is new and lets go of lanes that have ended.</summary>
    private void Settle()
    {
        foreach (var lane in _open)
        {
            lane.ReportTo(observer);
            if (lane.Outcome is { } outcome)
            {
                if (outcome.State == TrialState.Completed && lane.Spec.Parameters.Ramp is null)
                {
                    observer.SaveModel(outcome.Trial, lane.ModelStep, lane.WriteModel);
                }

                observer.Ended(outcome);
            }
        }

        KeepOpen([.. _open.Where(lane => lane.IsOpen)]);
    }

    private void KeepOpen(List<Lane> lanes)
    {
        if (lanes.Count != _open.Count)
        {
            (_open, _works) = (lanes, LaneWorks.Of(lanes, threads));
        }
    }

    private bool Follow(TrainingDirective directive, long position)
    {
        if (directive is TrainingDirective.Checkpoint or TrainingDirective.CheckpointAndStop)
        {
            observer.SaveCheckpoint(position, stream => CheckpointFile.Write(stream, rows, position, _open));
        }

        if (directive is TrainingDirective.Stop or TrainingDirective.CheckpointAndStop)
        {
            return false;
        }

        var wanted = observer.OpenTrials;
        KeepOpen([.. _open.Where(lane => wanted.Contains(lane.Spec.Trial))]);
        return _open.Count > 0;
    }
}
