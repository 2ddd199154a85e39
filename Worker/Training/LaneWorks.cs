using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Cuts the open lanes of a job into pieces of work for its threads.</summary>
internal static class LaneWorks
{
    // More columns than a tile of a product has, and weights that stay in the cache of a core.
    private const int MostLanesOfCrowd = 64;

    /// <param name="lanes">Open lanes.</param>
    /// <param name="threads">Training threads, ≥ 1.</param>
    /// <param name="before">The works until now, which nobody uses any more: their buffers are taken over.</param>
    public static IReadOnlyList<ILaneWork> Of(IReadOnlyList<Lane> lanes, int threads, IReadOnlyList<ILaneWork> before)
    {
        var crowds = before.OfType<RowCrowd>().ToList();
        return [.. lanes.GroupBy(lane => Crowd.CanHold(lane) ? (lane.Spec.Parameters.Model, lane.Spec.Parameters.Training, lane.Spec.Parameters.Optimizer) : default)
            .SelectMany(group => group.Key == default ? group : Crowds([.. group], threads, crowds))];
    }

    private static IEnumerable<ILaneWork> Crowds(Lane[] lanes, int threads, List<RowCrowd> before)
    {
        var size = Math.Min(MostLanesOfCrowd, (lanes.Length + threads - 1) / threads);
        return lanes.Chunk(size).SelectMany(chunk => Together(chunk, before));
    }

    // Columns where lanes of one output fill tiles of a product, for they transpose nothing; else whatever takes the fewest places of vectors for a batch: most of
    // them are padding where lanes, outputs or rows are few.
    private static ILaneWork[] Together(Lane[] lanes, List<RowCrowd> before)
    {
        var (layer, rows) = (lanes[0].Layout.Layers[0], lanes[0].Shape.BatchSize);
        var padded = KernelSet.Padded(lanes.Length);
        var oneByOne = lanes.Length * layer.PaddedOutputs * rows;
        var inRows = lanes.Length * layer.Outputs * (long)KernelSet.Padded((int)rows);
        var inColumns = padded * layer.Outputs * rows;
        return layer.Outputs == 1 && FillsTiles(lanes.Length, padded) ? [new ColumnCrowd(lanes)]
            : inRows <= Math.Min(inColumns, oneByOne - 1) ? [InRows(lanes, before)]
            : inColumns < oneByOne ? [new ColumnCrowd(lanes)]
            : [.. lanes];
    }

    // As measured (docs/benchmarks.md): transposing costs what an eighth of padding does, and a tile has one, two or four vectors, not three.
    private static bool FillsTiles(int lanes, int padded) => lanes * 8 >= padded * 7 && padded != 3 * KernelSet.Padding;

    private static RowCrowd InRows(Lane[] lanes, List<RowCrowd> before)
    {
        var old = before.Find(crowd => crowd.CanLeaveTo(lanes));
        if (old is not null)
        {
            before.Remove(old);
        }

        return new RowCrowd(lanes, old);
    }
}
