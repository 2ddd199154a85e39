using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Training;

/// <summary>What a lane leaves: its model, and all of its state.</summary>
internal sealed partial class Lane
{
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
        writer.Write(_openRows);
        if (_openRows > 0)
        {
            _batchLoss.Write(writer);
            FloatBlock.Write(writer, _openGradients);
        }

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
        _openRows = reader.ReadInt64();
        if (_openRows > 0)
        {
            _batchLoss = PartialSums.Read(reader);
            _openGradients = new float[_parameters.Length];
            FloatBlock.Read(reader, _openGradients);
        }

        _measured.Clear();
        _measured.AddRange(MeasurementBlock.ReadMeasurements(reader, Spec.Trial, Spec.Try));
        Outcome = MeasurementBlock.ReadOutcome(reader, Spec.Trial);
        _reported = 0;
    }
}
