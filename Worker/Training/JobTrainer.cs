using CloudSweep.Core.Domain;

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
        _open = lanes;
        Settle();
        using var crew = new LaneCrew(Math.Min(threads, plan.Lanes.Count), () => new Scratch(layouts));
        var tile = new RowTile(turnRows, rows.FeatureCount);
        while (_open.Count > 0)
        {
            var epoch = (int)(position / rows.TrainRows);
            if (!RunEpoch(epoch, position % rows.TrainRows, tile, crew, cancellationToken))
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
        var shapes = new Dictionary<TrainingSpec, TrainingShape>();
        return [.. plan.Lanes.Select(lane =>
        {
            var (model, training) = (lane.Parameters.Model, lane.Parameters.Training);
            var network = networks.TryGetValue(model, out var made) ? made : networks[model] = Network.Of(model, rows, kernels);
            var shape = shapes.TryGetValue(training, out var known) ? known : shapes[training] = TrainingShape.Of(training, rows.TrainRows, plan.BaselineLoss);
            return new Lane(lane, network, shape, plan.KeepBestBy);
        })];
    }

    private bool RunEpoch(int epoch, long firstRow, RowTile tile, LaneCrew crew, CancellationToken cancellationToken)
    {
        using var reader = rows.OpenEpoch(epoch, firstRow);
        for (var row = firstRow; row < rows.TrainRows && reader.Read(tile); row += tile.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = row;
            crew.Run(_open, (lane, scratch) => lane.Train(tile, first, scratch));
            _laneRows += (long)tile.Count * _open.Count;
            var end = row + tile.Count;
            if (end == rows.TrainRows)
            {
                Evaluate(tile.Capacity, crew, cancellationToken);
            }

            Settle();
            var position = (epoch * rows.TrainRows) + end;
            if (_open.Count == 0)
            {
                observer.AtEnd(position, _laneRows);
                return false;
            }

            if (!Follow(observer.AtTurnEnd(position, _laneRows), position))
            {
                return false;
            }
        }

        return true;
    }

    private void Evaluate(int capacity, LaneCrew crew, CancellationToken cancellationToken)
    {
        var due = _open.Where(lane => lane.IsEvaluationDue).ToList();
        if (due.Count == 0)
        {
            return;
        }

        using var reader = rows.OpenValidation();
        var validation = new RowTile(capacity, rows.FeatureCount);
        while (reader.Read(validation))
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
                if (outcome.State == TrialState.Completed)
                {
                    observer.SaveModel(outcome.Trial, lane.ModelStep, lane.WriteModel);
                }

                observer.Ended(outcome);
            }
        }

        _open = [.. _open.Where(lane => lane.IsOpen)];
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
        _open = [.. _open.Where(lane => wanted.Contains(lane.Spec.Trial))];
        return _open.Count > 0;
    }
}
