using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Reproduction;

/// <summary>The batches of a trial's first steps, one after the other, and the loss of each.</summary>
/// <param name="task">Decides which labels the batches have.</param>
internal sealed class RecordedBatches(LearningTask task)
{
    public List<float> Features { get; } = [];

    public List<float> Labels { get; } = [];

    /// <summary>Of each step.</summary>
    public List<int> Rows { get; } = [];

    public List<double> Losses { get; } = [];

    public void Add(RowTile batch, double loss)
    {
        Features.AddRange(batch.FeaturesOf(0, batch.Count));
        for (var row = 0; row < batch.Count; row++)
        {
            Labels.Add(task == LearningTask.Regression ? batch.TargetOf(row) : batch.ClassOf(row));
        }

        Rows.Add(batch.Count);
        Losses.Add(loss);
    }
}
