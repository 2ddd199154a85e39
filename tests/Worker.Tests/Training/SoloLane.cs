using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>One lane with rows and buffers of its own, driven epoch by epoch.</summary>
internal sealed class SoloLane
{
    private readonly ArrayRows _rows;
    private readonly Scratch _scratch;
    private readonly RowTile _tile;

    public SoloLane(ModelSpec model, TrainingSpec training, TrialParameters parameters, ArrayRows rows, KernelPath path)
    {
        var network = Network.Of(model, rows, KernelPaths.KernelsOf(path));
        _rows = rows;
        _scratch = new Scratch(network.Layout);
        _tile = new RowTile((int)Math.Max(rows.TrainRows, rows.ValidationRows), rows.FeatureCount);
        Layout = network.Layout;
        var spec = Jobs.With(new LaneSpec(1, 1, parameters), model, training);
        Lane = new Lane(spec, network, TrainingShape.Of(spec.Parameters, rows.TrainRows, double.MaxValue));
    }

    public ModelLayout Layout { get; }

    public Lane Lane { get; }

    /// <summary>Fills the tile with an epoch's rows in training order.</summary>
    public void ReadEpoch(int epoch)
    {
        using var reader = _rows.OpenEpoch(epoch, 0);
        reader.Read(_tile);
    }

    /// <summary>Trains on the rows that were read last.</summary>
    public void TrainOnRead() => Lane.Train(_tile, 0, _scratch);

    public void TrainEpoch(int epoch)
    {
        ReadEpoch(epoch);
        TrainOnRead();
    }

    public void Evaluate()
    {
        using var reader = _rows.OpenValidation();
        while (reader.Read(_tile))
        {
            Lane.Evaluate(_tile, _scratch);
        }

        Lane.FinishEvaluation();
    }

    /// <summary>All measurements so far that were not asked for before.</summary>
    public IReadOnlyList<Measurement> NewMeasurements()
    {
        var observer = new RecordingObserver([1]);
        Lane.ReportTo(observer);
        return observer.Measurements;
    }
}
