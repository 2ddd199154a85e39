using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Squared error of one output (torch.nn.MSELoss, so without ½) against standardized labels.</summary>
/// <param name="kernels">Kernel path.</param>
/// <param name="targetDeviation">Deviation of the raw labels: what an error of 1 is in their unit.</param>
internal sealed class SquaredErrorLoss(KernelSet kernels, double targetDeviation) : Loss(kernels)
{
    public override double Differentiate(Span<float> padded, RowTile tile, int row, float inverseRows)
    {
        var difference = (double)padded[0] - tile.TargetOf(row);
        padded.Clear();
        padded[0] = (float)(2 * difference) * inverseRows;
        return difference * difference;
    }

    public override void DifferentiateBlock(Span<float> outputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> targets, float inverseRows, Span<double> losses) =>
        Kernels.SquaredErrorOfBlock(outputs, targets, inverseRows, losses);

    public override void DifferentiateLanes(Span<float> outputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> targets, float inverseRows, CrowdLosses losses) =>
        Kernels.SquaredErrorOfLanes(outputs, targets, inverseRows, losses.Begin());

    public override EvaluationSums NewEvaluation() => new NumberSums(targetDeviation);
}
