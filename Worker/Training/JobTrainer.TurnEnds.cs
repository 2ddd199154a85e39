using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>What happens between two turns: evaluations, reports, decisions, checkpoints, and which lanes go on.</summary>
internal sealed partial class JobTrainer
{
    private bool EndTurn(int epoch, long firstRow, int count, int capacity, LaneCrew crew, CancellationToken cancellationToken)
    {
        _laneRows += (long)count * _open.Count;
        var end = firstRow + count;
        var position = _position = (epoch * rows.TrainRows) + end;
        var isRung = _open.Any(lane => lane.IsAtRung(position));
        if (end == rows.TrainRows)
        {
            Evaluate([.. _open.Where(lane => lane.IsEvaluationDue)], rows.OpenValidation, capacity, crew, cancellationToken);
        }
        else if (isRung)
        {
            Evaluate(
                [.. _open.Where(lane => lane.IsAtRung(position))],
                () => new RungRowReader(rows.OpenValidation(), rows.ValidationRows, rows.FeatureCount),
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

        HandBack();
        using var reader = open();
        while (reader.Next(capacity, cancellationToken) is { } validation)
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
            HandBack();
            (_open, _works) = (lanes, LaneWorks.Of(lanes, threads, _works));
        }
    }

    // Crowds keep what lanes have learned until somebody looks at a lane.
    private void HandBack()
    {
        foreach (var crowd in _works.OfType<Crowd>())
        {
            crowd.HandBack();
        }
    }

    private bool Follow(TrainingDirective directive, long position)
    {
        if (directive is TrainingDirective.Checkpoint or TrainingDirective.CheckpointAndStop)
        {
            HandBack();
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
