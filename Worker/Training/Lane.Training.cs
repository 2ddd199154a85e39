using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Its steps: batches, gradients, windows of losses, and how it ends.</summary>
internal sealed partial class Lane
{
    /// <summary>Trains on consecutive rows of an epoch, from row <paramref name="firstRow"/> of its order.</summary>
    public void Train(RowTile tile, long firstRow, Scratch scratch) => Train(tile, 0, tile.Count, firstRow, scratch);

    /// <summary>Trains on <paramref name="count"/> rows of a tile from <paramref name="start"/> on, whose row 0 is row <paramref name="firstRow"/> of the epoch's order.</summary>
    public void Train(RowTile tile, int start, int count, long firstRow, Scratch scratch)
    {
        var gradients = scratch.Gradients.AsSpan(0, _parameters.Length);
        if (_openRows > 0)
        {
            _openGradients.CopyTo(gradients);
        }

        var end = start + count;
        for (var done = start; done < end && IsOpen;)
        {
            var row = firstRow + done;
            var intoBatch = row % Shape.BatchSize;
            var batchRows = Shape.RowsOfBatch(row - intoBatch);
            var rows = (int)Math.Min(Math.Min(batchRows - intoBatch, end - done), Scratch.ChunkRows);
            if (intoBatch == 0)
            {
                _batchLoss.Clear();
            }

            Accumulate(tile, done, rows, intoBatch, batchRows, scratch, gradients);
            done += rows;
            _openRows = intoBatch + rows;
            _openRows = _openRows == batchRows ? 0 : _openRows;
        }

        KeepOpenBatch(gradients);
    }

    /// <summary>Counts a step whose gradients are there.</summary>
    /// <param name="loss">Of its batch.</param>
    /// <param name="rate">Learning rate of the step.</param>
    /// <returns>False when the lane has diverged: the step is not made.</returns>
    public bool BeginStep(double loss, out double rate)
    {
        var plan = Shape.Measurements;
        rate = _ramp?.At(Step + 1) ?? LearningRateSchedule.RateAt(Spec.Parameters.Schedule, Spec.Parameters.LearningRate, Step, plan.StepsPerEpoch, plan.TotalSteps);
        Step++;
        LastLoss = loss;
        if (_divergence.Observe(Step, loss) is { } reason)
        {
            Diverge(reason);
            return false;
        }

        _window.Add(loss);
        return true;
    }

    /// <summary>Closes the window that ends with the step just made, and a ramp that does. Where none ends there is nothing to do.</summary>
    public void EndStep()
    {
        if (EndsWindow && !HasBrokenWeights())
        {
            _measured.Add(new Measurement.LossWindow(Spec.Trial, Spec.Try, Step, _window.Steps, _window.Mean, _window.StandardDeviation));
            _window = default;
            _windowIndex++;
        }

        if (_ramp is not null && IsOpen && Step == Shape.Measurements.TotalSteps)
        {
            Outcome = new TrialOutcome(Spec.Trial, TrialState.Completed, Step, "");
        }
    }

    // Its buffer is made once, at the first turn that ends inside a batch.
    private void KeepOpenBatch(ReadOnlySpan<float> gradients)
    {
        if (_openRows == 0 || !IsOpen)
        {
            return;
        }

        _openGradients = _openGradients.Length == 0 ? new float[_parameters.Length] : _openGradients;
        gradients.CopyTo(_openGradients);
    }

    private void Accumulate(RowTile tile, int first, int rows, long intoBatch, long batchRows, Scratch scratch, Span<float> gradients)
    {
        var layout = _network.Layout;
        var last = layout.Layers[^1];
        var features = tile.FeaturesOf(first, rows);
        _network.Forward(_parameters, features, rows, scratch);
        var outputs = scratch.Activations[last.Index].AsSpan(0, rows * last.PaddedOutputs);
        var inverseRows = 1f / batchRows;
        var losses = scratch.Losses.AsSpan(0, rows);
        _network.Loss.Differentiate(outputs, last, tile, first, inverseRows, losses);
        for (var row = 0; row < rows; row++)
        {
            _batchLoss.Add(intoBatch + row, losses[row]);
        }

        outputs.CopyTo(scratch.OutputGradients);
        if (_fusedDecay is { } decay && rows == batchRows && rows <= KernelSet.MostFusedSteps)
        {
            if (BeginStep(_batchLoss.Total() / batchRows, out var rate))
            {
                _network.BackwardAndStep(_parameters, features, rows, scratch, rate, decay);
                _optimizer.CountStep();
                EndStep();
            }

            return;
        }

        _network.Backward(_parameters, features, rows, scratch, gradients, accumulate: intoBatch > 0);
        if (intoBatch + rows == batchRows)
        {
            FinishBatch(gradients, _batchLoss.Total() / batchRows);
        }
    }

    private void FinishBatch(Span<float> gradients, double loss)
    {
        if (!BeginStep(loss, out var rate))
        {
            return;
        }

        if (Spec.Parameters.Training.GradientClip is { } norm)
        {
            GradientClip.Apply(_network.Kernels, _network.Layout, gradients, norm);
        }

        _optimizer.Step(_network.Kernels, _parameters, gradients, rate);
        EndStep();
    }

    private bool HasBrokenWeights()
    {
        if (!_network.Kernels.AllFinite(_parameters))
        {
            Diverge(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a weight is not finite at step {Step}"));
        }

        return !IsOpen;
    }

    private void Diverge(string reason) => Outcome = new TrialOutcome(Spec.Trial, TrialState.Diverged, Step, reason);
}
