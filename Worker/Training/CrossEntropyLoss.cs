using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Softmax and cross-entropy over an output per class.</summary>
/// <param name="kernels">Kernel path.</param>
/// <param name="classCount">Classes, ≥ 2.</param>
/// <param name="rankedRows">Validation rows to rank; 0 when there is no ranking.</param>
internal sealed class CrossEntropyLoss(KernelSet kernels, int classCount, int rankedRows) : Loss
{
    // More classes than these make a row long enough to fill vectors by itself.
    private const int MostColumns = 64;

    public override double Differentiate(Span<float> padded, RowTile tile, int row, float inverseRows)
    {
        var label = tile.Classes[row];
        var loss = CrossEntropy.Loss(kernels, padded, classCount, label, out var sum);
        CrossEntropy.Gradient(padded, classCount, label, sum, inverseRows);
        return loss;
    }

    public override void Differentiate(Span<float> outputs, int stride, RowTile tile, int first, float inverseRows, Span<double> losses)
    {
        const int BlockRows = KernelSet.BlockRows;
        var row = 0;
        if (classCount <= MostColumns)
        {
            Span<float> columns = stackalloc float[classCount * BlockRows];
            for (; row + BlockRows <= losses.Length; row += BlockRows)
            {
                var block = outputs.Slice(row * stride, BlockRows * stride);
                ToColumns(block, stride, columns);
                kernels.CrossEntropyOfRows(columns, tile.Classes.AsSpan(first + row, BlockRows), inverseRows, losses.Slice(row, BlockRows));
                ToRows(columns, block, stride);
            }
        }

        base.Differentiate(outputs[(row * stride)..], stride, tile, first + row, inverseRows, losses[row..]);
    }

    public override EvaluationSums NewEvaluation() => new Evaluation(kernels, classCount, rankedRows);

    private static void ToColumns(ReadOnlySpan<float> rows, int stride, Span<float> columns)
    {
        var classes = columns.Length / KernelSet.BlockRows;
        for (var row = 0; row < KernelSet.BlockRows; row++)
        {
            var logits = rows.Slice(row * stride, classes);
            for (var index = 0; index < logits.Length; index++)
            {
                columns[(index * KernelSet.BlockRows) + row] = logits[index];
            }
        }
    }

    private static void ToRows(ReadOnlySpan<float> columns, Span<float> rows, int stride)
    {
        var classes = columns.Length / KernelSet.BlockRows;
        for (var row = 0; row < KernelSet.BlockRows; row++)
        {
            var gradients = rows.Slice(row * stride, stride);
            for (var index = 0; index < classes; index++)
            {
                gradients[index] = columns[(index * KernelSet.BlockRows) + row];
            }

            gradients[classes..].Clear();
        }
    }

    private sealed class Evaluation(KernelSet kernels, int classCount, int rankedRows) : ClassSums(classCount, rankedRows)
    {
        public override void Add(Span<float> padded, RowTile tile, int row)
        {
            var logits = padded[..ClassCount];
            var label = tile.Classes[row];
            var predicted = CrossEntropy.Predict(logits);
            var isCorrect = predicted == label && !float.IsNaN(logits[label]);
            var score = ClassCount == 2 ? logits[1] - logits[0] : 0;
            Add(CrossEntropy.Loss(kernels, padded, ClassCount, label, out _), isCorrect, label, score);
        }
    }
}
