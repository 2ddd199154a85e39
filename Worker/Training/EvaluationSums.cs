using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>Adds up validation rows of one lane, evaluation after evaluation.</summary>
internal abstract class EvaluationSums
{
    /// <summary>Adds a row; may overwrite its outputs.</summary>
    /// <param name="padded">The row's outputs, padding included.</param>
    /// <param name="tile">Has the label.</param>
    /// <param name="row">Row of the tile.</param>
    public abstract void Add(Span<float> padded, RowTile tile, int row);

    /// <summary>The metrics of all rows since the last call, and a fresh start.</summary>
    public Measurement.Evaluation Close(int trial, int @try, long step)
    {
        var evaluation = new Measurement.Evaluation(trial, @try, step, Rows, Metrics());
        Clear();
        return evaluation;
    }

    protected abstract long Rows { get; }

    protected abstract IReadOnlyList<Metric> Metrics();

    protected abstract void Clear();
}
