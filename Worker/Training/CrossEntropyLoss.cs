using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Softmax and cross-entropy over an output per class.</summary>
/// <param name="kernels">Kernel path.</param>
/// <param name="classCount">Classes, ≥ 2.</param>
/// <param name="rankedRows">Validation rows to rank; 0 when there is no ranking.</param>
internal sealed class CrossEntropyLoss(KernelSet kernels, int classCount, int rankedRows) : Loss(kernels)
{
    public override double Differentiate(Span<float> padded, RowTile tile, int row, float inverseRows)
    {
        var label = tile.ClassOf(row);
        var loss = CrossEntropy.Loss(Kernels, padded, classCount, label, out var sum);
        CrossEntropy.Gradient(padded, classCount, label, sum, inverseRows);
        return loss;
    }

    public override void DifferentiateBlock(Span<float> outputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> targets, float inverseRows, Span<double> losses) =>
        Kernels.CrossEntropyOfBlock(outputs, classes, inverseRows, losses);

    public override EvaluationSums NewEvaluation() => new Evaluation(Kernels, classCount, rankedRows);

    private sealed class Evaluation(KernelSet kernels, int classCount, int rankedRows) : ClassSums(classCount, rankedRows)
    {
        public override void Add(Span<float> padded, RowTile tile, int row)
        {
            var logits = padded[..ClassCount];
            var label = tile.ClassOf(row);
            var predicted = CrossEntropy.Predict(logits);
            var isCorrect = predicted == label && !float.IsNaN(logits[label]);
            var score = ClassCount == 2 ? logits[1] - logits[0] : 0;
            Add(CrossEntropy.Loss(kernels, padded, ClassCount, label, out _), isCorrect, label, score);
        }
    }
}
