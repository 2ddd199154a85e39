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
    // A turn stays small enough for the last-level cache and long enough for a lane to earn back the switch.
    private const int TurnBytes = 4 << 20;
    private const int MaxBatchesPerTurn = 64;

    private readonly TrainingShape _shape = TrainingShape.Of(plan, rows);
    private readonly Network _network = Network.Of(plan.Model, rows, KernelPaths.KernelsOf(kernel));
    private List<Lane> _open = [];
    private long _laneRows;

    private int TurnRows
    {
        get
        {
            var fitting = (int)Math.Clamp(TurnBytes / (sizeof(float) * rows.FeatureCount), 64, Math.Max(64, _shape.TrainRows));
            return _shape.BatchSize > fitting ? fitting : (int)(_shape.BatchSize * Math.Min(fitting / _shape.BatchSize, MaxBatchesPerTurn));
        }
    }

    /// <summary>Trains until every lane has ended or the observer stops it.</summary>
    /// <param name="checkpoint">To resume from; null starts from the beginning.</param>
    /// <param name="cancellationToken">Checked at every turn.</param>
    /// <exception cref="MalformedDocumentException">The checkpoint is damaged or of another plan.</exception>
    public void Run(Stream? checkpoint, CancellationToken cancellationToken)
    {
        var lanes = plan.Lanes.Select(lane => new Lane(lane, _network, _shape, plan.Training, _shape.BatchSize > TurnRows, plan.KeepBestBy)).ToList();
        var step = checkpoint is null ? 0 : CheckpointFile.Read(checkpoint, plan, rows, lanes);
        _open = lanes;
        Settle();
        using var crew = new LaneCrew(Math.Min(threads, plan.Lanes.Count), () => new Scratch(_network.Layout));
        var tile = new RowTile(TurnRows, rows.FeatureCount);
        while (_open.Count > 0)
        {
            var epoch = (int)(step / _shape.Measurements.StepsPerEpoch);
            if (!RunEpoch(epoch, step % _shape.Measurements.StepsPerEpoch * _shape.BatchSize, tile, crew, cancellationToken))
            {
                return;
            }

            step = (epoch + 1L) * _shape.Measurements.StepsPerEpoch;
        }
    }

    private bool RunEpoch(int epoch, long firstRow, RowTile tile, LaneCrew crew, CancellationToken cancellationToken)
    {
        using var reader = rows.OpenEpoch(epoch, firstRow);
        for (var row = firstRow; row < _shape.TrainRows && reader.Read(tile); row += tile.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = row;
            crew.Run(_open, (lane, scratch) => lane.Train(tile, first, scratch));
            _laneRows += (long)tile.Count * _open.Count;
            var end = row + tile.Count;
            var step = (epoch * _shape.Measurements.StepsPerEpoch) + ((end + _shape.BatchSize - 1) / _shape.BatchSize);
            if (end == _shape.TrainRows)
            {
                EvaluateAt(step, tile, crew, cancellationToken);
            }

            Settle();
            if (_open.Count == 0)
            {
                return false;
            }

            // Between two turns of one long batch a lane has half a gradient, which no checkpoint holds.
            if ((end % _shape.BatchSize == 0 || end == _shape.TrainRows) && !Follow(observer.AtTurnEnd(step, _laneRows), step))
            {
                return false;
            }
        }

        return true;
    }

    private void EvaluateAt(long step, RowTile tile, LaneCrew crew, CancellationToken cancellationToken)
    {
        if (!_shape.Measurements.EvaluationSteps.Contains(step))
        {
            return;
        }

        var open = _open.Where(lane => lane.IsOpen).ToList();
        using var reader = rows.OpenValidation();
        var validation = new RowTile(tile.Capacity, rows.FeatureCount);
        while (open.Count > 0 && reader.Read(validation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            crew.Run(open, (lane, scratch) => lane.Evaluate(validation, scratch));
        }

        open.ForEach(lane => lane.FinishEvaluation());
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

    private bool Follow(TrainingDirective directive, long step)
    {
        if (directive is TrainingDirective.Checkpoint or TrainingDirective.CheckpointAndStop)
        {
            observer.SaveCheckpoint(step, stream => CheckpointFile.Write(stream, plan, rows, step, _open));
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
