using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>When and what a lane measures on validation rows.</summary>
internal sealed partial class Lane
{
    /// <summary>At an epoch's end: whether this is one at which it measures.</summary>
    public bool IsEvaluationDue => IsOpen && (Shape.Measurements.EvaluationSteps.Contains(Step) || IsRung(Step));

    /// <summary>Position of its first rung after this one; <see cref="long.MaxValue"/> when none is left.</summary>
    public long NextRung(long position)
    {
        foreach (var rung in _rungs)
        {
            if (rung.Position > position)
            {
                return rung.Position;
            }
        }

        return long.MaxValue;
    }

    /// <summary>Whether it is to measure a rung at this position.</summary>
    public bool IsAtRung(long position) => IsOpen && NextRung(position - 1) == position;

    /// <summary>Adds validation rows to the evaluation at hand.</summary>
    public void Evaluate(RowTile tile, Scratch scratch)
    {
        var layer = _network.Layout.Layers[^1];
        for (var done = 0; done < tile.Count; done += Scratch.ChunkRows)
        {
            var rows = Math.Min(Scratch.ChunkRows, tile.Count - done);
            _network.Forward(_parameters, tile.FeaturesOf(done, rows), rows, scratch);
            for (var row = 0; row < rows; row++)
            {
                _evaluation.Add(scratch.Activations[layer.Index].AsSpan(row * layer.PaddedOutputs, layer.PaddedOutputs), tile, done + row);
            }
        }
    }

    /// <summary>Closes an evaluation: of all validation rows at an epoch's end, of those of a rung inside one; ends the lane at its last step.</summary>
    public void FinishEvaluation()
    {
        if (HasBrokenWeights())
        {
            return;
        }

        var evaluation = _evaluation.Close(Spec.Trial, Spec.Try, Step);
        if (!IsRung(Step) || Shape.Measurements.EvaluationSteps.Contains(Step))
        {
            _measured.Add(evaluation);
            _best?.Observe(evaluation, _parameters);
        }

        if (IsRung(Step))
        {
            _measured.Add(new Measurement.Rung(Spec.Trial, Spec.Try, Step, evaluation.Rows, evaluation.Metrics));
        }

        if (Step == Shape.Measurements.TotalSteps)
        {
            Outcome = new TrialOutcome(Spec.Trial, TrialState.Completed, Step, "");
        }
    }

    private bool IsRung(long step) => _rungs.Any(rung => rung.Step == step);
}
