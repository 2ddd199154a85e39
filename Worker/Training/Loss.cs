using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>What a model's outputs mean: the loss of a row, its gradient, and what an evaluation counts. Has no state; shared by the lanes of a job.</summary>
internal abstract class Loss
{
    public static Loss Of(ModelSpec model, ITrainingRows rows, KernelSet kernels) =>
        Of(model, rows.ClassCount, rows.TargetDeviation, rows.ValidationRows, kernels);

    /// <param name="model">Decides the loss.</param>
    /// <param name="classCount">Classes; 0 when the label is a number.</param>
    /// <param name="targetDeviation">What an error of 1 is in the label's unit.</param>
    /// <param name="evaluatedRows">Rows of an evaluation, as far as they are known.</param>
    /// <param name="kernels">Kernel path.</param>
    public static Loss Of(ModelSpec model, int classCount, double targetDeviation, long evaluatedRows, KernelSet kernels)
    {
        if (model.Learns == LearningTask.Regression)
        {
            return new SquaredErrorLoss(targetDeviation);
        }

        var rankedRows = ModelFit.RanksRows(classCount, evaluatedRows) ? (int)evaluatedRows : 0;
        return model is ModelSpec.Logistic ? new BinaryCrossEntropyLoss(rankedRows) : new CrossEntropyLoss(kernels, classCount, rankedRows);
    }

    /// <summary>Loss of a row. Its outputs are replaced by the gradient of (loss / batch rows), their padding by zeros.</summary>
    /// <param name="padded">The row's outputs, padding included.</param>
    /// <param name="tile">Has the label.</param>
    /// <param name="row">Row of the tile.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    public abstract double Differentiate(Span<float> padded, RowTile tile, int row, float inverseRows);

    /// <summary>As <see cref="Differentiate(Span{float}, RowTile, int, float)"/>, of consecutive rows.</summary>
    /// <param name="outputs">Of all rows, padding included.</param>
    /// <param name="stride">Outputs of a row, padding included.</param>
    /// <param name="tile">Has the labels.</param>
    /// <param name="first">Row of the tile that the first outputs belong to.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="losses">Of each row.</param>
    public virtual void Differentiate(Span<float> outputs, int stride, RowTile tile, int first, float inverseRows, Span<double> losses)
    {
        for (var row = 0; row < losses.Length; row++)
        {
            losses[row] = Differentiate(outputs.Slice(row * stride, stride), tile, first + row, inverseRows);
        }
    }

    /// <summary>Sums for the evaluations of one lane, one after the other.</summary>
    public abstract EvaluationSums NewEvaluation();
}
