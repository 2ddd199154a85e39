namespace CloudSweep.Worker.Training;

/// <summary>
/// Lanes of a model with one layer that differ in nothing but their rates, schedules and repeats, trained as one matrix:
/// alone, such a lane fills only a part of a vector. Every lane has the bits that it has by itself, for no sum goes over lanes.
/// What lanes have learned stays in the matrix from turn to turn, until <see cref="HandBack"/>.
/// </summary>
/// <param name="lanes">At least one; all of <see cref="CanHold"/>, of the same model, training and optimizer.</param>
internal abstract class Crowd(Lane[] lanes) : ILaneWork
{
    // Whether it has its lanes' state, and whether it has trained since they have it too.
    private bool _isGathered;
    private bool _isAhead;

    protected Lane[] Lanes => lanes;

    protected Network Network { get; } = lanes[0].Network;

    protected LayerLayout Layer { get; } = lanes[0].Layout.Layers[0];

    /// <summary>Whether a lane may be in a crowd, where turns end with a batch.</summary>
    public static bool CanHold(Lane lane) =>
        lane.Layout.Layers.Count == 1 && lane.Spec.Parameters.Training.GradientClip is null && lane.Shape.BatchSize <= Scratch.ChunkRows;

    public void Train(RowTile tile, int start, int count, long firstRow, Scratch scratch)
    {
        var shape = lanes[0].Shape;
        var (begin, end) = (firstRow + start, firstRow + start + count);
        if (begin % shape.BatchSize != 0 || (end % shape.BatchSize != 0 && end != shape.TrainRows) || !Array.TrueForAll(lanes, lane => lane.IsAtBatchStart))
        {
            HandBack();
            _isGathered = false;
            foreach (var lane in lanes)
            {
                lane.Train(tile, start, count, firstRow, scratch);
            }

            return;
        }

        for (var index = 0; index < lanes.Length && !_isGathered; index++)
        {
            Gather(lanes[index], index);
        }

        (_isGathered, _isAhead) = (true, true);
        for (var done = 0; done < count && Array.Exists(lanes, lane => lane.IsOpen);)
        {
            var rows = (int)shape.RowsOfBatch(begin + done);
            TrainBatch(tile, start + done, rows);
            done += rows;
        }
    }

    /// <summary>Brings the lanes' parameters and what their optimizers remember up to date: before anybody looks at them, or trains them elsewhere.</summary>
    public void HandBack()
    {
        for (var index = 0; index < lanes.Length && _isAhead; index++)
        {
            Return(lanes[index], index);
        }

        _isAhead = false;
    }

    /// <summary>Takes over a lane's parameters and what its optimizer remembers.</summary>
    protected abstract void Gather(Lane lane, int index);

    /// <summary>The way back of <see cref="Gather"/>.</summary>
    protected abstract void Return(Lane lane, int index);

    protected abstract void TrainBatch(RowTile tile, int first, int rows);
}
