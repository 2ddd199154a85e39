using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Binary cross-entropy with logits over one output, which speaks for class 1 (torch.nn.BCEWithLogitsLoss).</summary>
/// <param name="kernels">Kernel path.</param>
/// <param name="rankedRows">Validation rows to rank; 0 when there is no ranking.</param>
internal sealed class BinaryCrossEntropyLoss(KernelSet kernels, int rankedRows) : Loss(kernels)
{
    /// <summary>ln(1 + e^x) − y·x, without a difference of large numbers.</summary>
    /// <param name="logit">x.</param>
    /// <param name="label">y, 0 or 1.</param>
    /// <param name="exponential">e^(−|x|).</param>
    public static double OfRow(float logit, int label, out float exponential)
    {
        var magnitude = logit < 0 ? -logit : logit;
        exponential = ElementaryFunctions.Exp(-magnitude);
        var wrong = label == 0 ? logit : -logit;
        return ElementaryFunctions.LogOnePlus(exponential) + (wrong > 0 ? wrong : 0);
    }

    public override double Differentiate(Span<float> padded, RowTile tile, int row, float inverseRows)
    {
        var (logit, label) = (padded[0], tile.ClassOf(row));
        var loss = OfRow(logit, label, out var exponential);

        // The probability of the wrong class, so that nothing cancels when the model is sure and right.
        var isWrongLikelier = label == 0 ? logit > 0 : logit < 0;
        var wrong = (isWrongLikelier ? 1 : exponential) / (1 + exponential);
        padded.Clear();
        padded[0] = (label == 0 ? wrong : -wrong) * inverseRows;
        return loss;
    }

    public override void DifferentiateBlock(Span<float> outputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> targets, float inverseRows, Span<double> losses) =>
        Kernels.BinaryCrossEntropyOfBlock(outputs, classes, inverseRows, losses);

    public override EvaluationSums NewEvaluation() => new Evaluation(rankedRows);

    private sealed class Evaluation(int rankedRows) : ClassSums(classCount: 2, rankedRows)
    {
        public override void Add(Span<float> padded, RowTile tile, int row)
        {
            var (logit, label) = (padded[0], tile.ClassOf(row));
            var isCorrect = label == (logit > 0 ? 1 : 0) && !float.IsNaN(logit);
            Add(OfRow(logit, label, out _), isCorrect, label, logit);
        }
    }
}
