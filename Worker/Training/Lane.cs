using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Training;

/// <summary>One trial while it trains. Shares rows with the other lanes of its job and nothing else.</summary>
internal sealed class Lane
{
    private readonly Network _network;
    private readonly TrainingShape _shape;
    private readonly float[] _parameters;
    private readonly float[]? _longGradients;
    private readonly OptimizerState _optimizer;
    private readonly BestWeights? _best;
    private readonly EvaluationSums _evaluation;
    private readonly List<Measurement> _measured = [];
    private PartialSums _batchLoss;
    private DivergenceRule _divergence;
    private LossWindowRecorder _window;
    private int _windowIndex;
    private int _reported;

    /// <param name="spec">The trial.</param>
    /// <param name="network">Of the job.</param>
    /// <param name="shape">Of the job.</param>
    /// <param name="training">Gives the seeds.</param>
    /// <param name="isBatchLongerThanTurn">Whether gradients must outlive a turn.</param>
    /// <param name="keepBestBy">Its model is that of its best evaluation by this; null = the weights it ends with.</param>
    public Lane(LaneSpec spec, Network network, TrainingShape shape, TrainingSpec training, bool isBatchLongerThanTurn, Objective? keepBestBy = null)
    {
        (Spec, _network, _shape) = (spec, network, shape);
        _parameters = new float[network.Layout.ParameterCount];
        network.Layout.InitializeWeights(TrialSeeds.For(training, spec.Parameters.Repeat).InitialWeights, _parameters);
        _longGradients = isBatchLongerThanTurn ? new float[network.Layout.ParameterCount] : null;
        _optimizer = new OptimizerState(spec.Parameters.Optimizer, network.Layout.ParameterCount);
        _best = keepBestBy is null ? null : new BestWeights(keepBestBy, network.Layout.ParameterCount);
        _evaluation = network.Loss.NewEvaluation();
        _divergence = new DivergenceRule(shape.BaselineLoss, shape.IsFullBatch);
    }

    public LaneSpec Spec { get; }

    /// <summary>Optimizer steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Set once the lane has ended.</summary>
    public TrialOutcome? Outcome { get; private set; }

    public bool IsOpen => Outcome is null;

    /// <summary>Optimizer steps after which it had the weights of its model.</summary>
    public long ModelStep => _best is { Step: > 0 } ? _best.Step : Step;

    /// <summary>Weights and biases in the layout's order.</summary>
    public Span<float> Parameters => _parameters;

    /// <summary>Trains on consecutive rows of an epoch, from row <paramref name="firstRow"/> of its order.</summary>
    public void Train(RowTile tile, long firstRow, Scratch scratch)
    {
        for (var done = 0; done < tile.Count && IsOpen;)
        {
            var row = firstRow + done;
            var intoBatch = row % _shape.BatchSize;
            var batchRows = _shape.RowsOfBatch(row - intoBatch);
            var rows = (int)Math.Min(Math.Min(batchRows - intoBatch, tile.Count - done), Scratch.ChunkRows);
            var gradients = _longGradients ?? scratch.Gradients;
            if (intoBatch == 0)
            {
                gradients.AsSpan().Clear();
                _batchLoss.Clear();
            }

            Accumulate(tile, done, rows, intoBatch, batchRows, scratch, gradients);
            done += rows;
            if (intoBatch + rows == batchRows)
            {
                FinishBatch(gradients, _batchLoss.Total() / batchRows);
            }
        }
    }

    /// <summary>Adds validation rows to the evaluation at hand.</summary>
    public void Evaluate(RowTile tile, Scratch scratch)
    {
        var layer = _network.Layout.Layers[^1];
        for (var done = 0; done < tile.Count; done += Scratch.ChunkRows)
        {
            var rows = Math.Min(Scratch.ChunkRows, tile.Count - done);
            var features = _network.Layout.Layers[0].Inputs;
            _network.Forward(_parameters, tile.Features.AsSpan(done * features, rows * features), rows, scratch);
            for (var row = 0; row < rows; row++)
            {
                _evaluation.Add(scratch.Activations[layer.Index].AsSpan(row * layer.PaddedOutputs, layer.PaddedOutputs), tile, done + row);
            }
        }
    }

    /// <summary>Closes an evaluation of all validation rows; ends the lane at its last step.</summary>
    public void FinishEvaluation()
    {
        if (HasBrokenWeights())
        {
            return;
        }

        _measured.Add(_evaluation.Close(Spec.Trial, Spec.Try, Step));
        _best?.Observe((Measurement.Evaluation)_measured[^1], _parameters);
        if (Step == _shape.Measurements.TotalSteps)
        {
            Outcome = new TrialOutcome(Spec.Trial, TrialState.Completed, Step, "");
        }
    }

    /// <summary>Tells what is new since the last call.</summary>
    public void ReportTo(ITrainingObserver observer)
    {
        for (; _reported < _measured.Count; _reported++)
        {
            observer.Measured(_measured[_reported]);
        }
    }

    /// <summary>Writes what it learned as a safetensors file.</summary>
    public void WriteModel(Stream stream) => SafetensorsWriter.Write(
        stream, new TensorFile(new Dictionary<string, string>(), ModelTensors.Of(_network.Layout, _best is { Step: > 0 } ? _best.Parameters : _parameters)));

    public void Write(BinaryWriter writer)
    {
        writer.Write(Step);
        writer.Write(_windowIndex);
        FloatBlock.Write(writer, _parameters);
        _optimizer.Write(writer);
        _divergence.Write(writer);
        _window.Write(writer);
        _best?.Write(writer);
        MeasurementBlock.Write(writer, _measured);
        MeasurementBlock.Write(writer, Outcome);
    }

    /// <summary>Takes up where <see cref="Write"/> left off; all measurements so far are reported again.</summary>
    public void Read(BinaryReader reader)
    {
        Step = reader.ReadInt64();
        _windowIndex = reader.ReadInt32();
        FloatBlock.Read(reader, _parameters);
        _optimizer.Read(reader);
        _divergence.Read(reader);
        _window = LossWindowRecorder.Read(reader);
        _best?.Read(reader);
        _measured.Clear();
        _measured.AddRange(MeasurementBlock.ReadMeasurements(reader, Spec.Trial, Spec.Try));
        Outcome = MeasurementBlock.ReadOutcome(reader, Spec.Trial);
        _reported = 0;
    }

    private void Accumulate(RowTile tile, int first, int rows, long intoBatch, long batchRows, Scratch scratch, float[] gradients)
    {
        var layout = _network.Layout;
        var last = layout.Layers[^1];
        var features = tile.Features.AsSpan(first * layout.Layers[0].Inputs, rows * layout.Layers[0].Inputs);
        _network.Forward(_parameters, features, rows, scratch);
        var outputs = scratch.Activations[last.Index].AsSpan(0, rows * last.PaddedOutputs);
        var inverseRows = 1f / batchRows;
        for (var row = 0; row < rows; row++)
        {
            var padded = outputs.Slice(row * last.PaddedOutputs, last.PaddedOutputs);
            _batchLoss.Add(intoBatch + row, _network.Loss.Differentiate(padded, tile, first + row, inverseRows));
        }

        outputs.CopyTo(scratch.OutputGradients);
        _network.Backward(_parameters, features, rows, scratch, gradients);
    }

    private void FinishBatch(float[] gradients, double loss)
    {
        var plan = _shape.Measurements;
        var rate = LearningRateSchedule.RateAt(Spec.Parameters.Schedule, Spec.Parameters.LearningRate, Step, plan.StepsPerEpoch, plan.TotalSteps);
        Step++;
        if (_divergence.Observe(Step, loss) is { } reason)
        {
            Diverge(reason);
            return;
        }

        _optimizer.Step(_network.Kernels, _parameters, gradients, rate);
        _window.Add(loss);
        if (Step == plan.WindowEnds[_windowIndex] && !HasBrokenWeights())
        {
            _measured.Add(new Measurement.LossWindow(Spec.Trial, Spec.Try, Step, _window.Steps, _window.Mean, _window.StandardDeviation));
            _window = default;
            _windowIndex++;
        }
    }

    private bool HasBrokenWeights()
    {
        if (!_network.Layout.AllFinite(_parameters))
        {
            Diverge(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a weight is not finite at step {Step}"));
        }

        return !IsOpen;
    }

    private void Diverge(string reason) => Outcome = new TrialOutcome(Spec.Trial, TrialState.Diverged, Step, reason);
}
