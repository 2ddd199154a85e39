using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Prediction;

/// <summary>What a model's outputs mean to people.</summary>
internal abstract class ModelOutput
{
    public static ModelOutput Of(ModelDocument model, KernelSet kernels) => new ClassOutput(model.Classes, kernels);

    /// <summary>Names of the columns that are written.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Sums of the metrics over rows with a label.</summary>
    public abstract IReadOnlyList<Metric> Metrics();

    /// <summary>Stores the label of a record in the tile; what is wrong with it, or null.</summary>
    public abstract string? ReadLabel(IRecordReader record, int cell, RowTile tile, int row, DataMistakes mistakes);

    /// <summary>Adds the cells of a row.</summary>
    /// <param name="padded">The row's outputs, padding included.</param>
    public abstract void Write(ReadOnlySpan<float> padded, PredictionCsv csv);

    /// <summary>Counts a row with a label; overwrites its outputs.</summary>
    public abstract void Count(Span<float> padded, RowTile tile, int row);
}
