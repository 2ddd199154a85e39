using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Prediction;

/// <summary>What a model's outputs mean to people.</summary>
/// <param name="sums">Of the metrics over rows with a label.</param>
internal abstract class ModelOutput(EvaluationSums sums)
{
    // Ranks of more rows make room as they come.
    private const int FirstRankedRows = 1024;

    public static ModelOutput Of(ModelDocument model, KernelSet kernels)
    {
        var loss = Loss.Of(model.Model, model.Classes.Count, model.Target?.Deviation ?? 1, FirstRankedRows, kernels);
        return model.Target is { } target
            ? new NumberOutput(target, loss.NewEvaluation())
            : new ClassOutput(model.Classes, model.Model is ModelSpec.Logistic, kernels, loss.NewEvaluation());
    }

    /// <summary>Names of the columns that are written.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Of all counted rows; to be asked once.</summary>
    public IReadOnlyList<Metric> Metrics() => sums.Close(1, 1, 1).Metrics;

    /// <summary>Stores the label of a record in the tile; what is wrong with it, or null.</summary>
    public abstract string? ReadLabel(IRecordReader record, int cell, RowTile tile, int row, DataMistakes mistakes);

    /// <summary>Adds the cells of a row.</summary>
    /// <param name="padded">The row's outputs, padding included.</param>
    /// <param name="csv">Where to.</param>
    public abstract void Write(ReadOnlySpan<float> padded, PredictionCsv csv);

    /// <summary>Counts a row with a label; may overwrite its outputs.</summary>
    public void Count(Span<float> padded, RowTile tile, int row) => sums.Add(padded, tile, row);
}
