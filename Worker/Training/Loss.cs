using System.Runtime.CompilerServices;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>What a model's outputs mean: the loss of a row, its gradient, and what an evaluation counts. Has no state; shared by the lanes of a job.</summary>
/// <param name="kernels">Kernel path.</param>
internal abstract class Loss(KernelSet kernels)
{
    // More outputs than these make a row long enough to fill vectors by itself.
    private const int MostOutputsOfBlock = 64;
    private const int MostRowsOfBlock = 64;

    protected KernelSet Kernels => kernels;

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
            return new SquaredErrorLoss(kernels, targetDeviation);
        }

        var rankedRows = ModelFit.RanksRows(classCount, evaluatedRows) ? (int)evaluatedRows : 0;
        return model is ModelSpec.Logistic ? new BinaryCrossEntropyLoss(kernels, rankedRows) : new CrossEntropyLoss(kernels, classCount, rankedRows);
    }

    /// <summary>Loss of a row. Its outputs are replaced by the gradient of (loss / batch rows), their padding by zeros.</summary>
    /// <param name="padded">The row's outputs, padding included.</param>
    /// <param name="tile">Has the label.</param>
    /// <param name="row">Row of the tile.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    public abstract double Differentiate(Span<float> padded, RowTile tile, int row, float inverseRows);

    /// <summary>As <see cref="Differentiate(Span{float}, RowTile, int, float)"/>, of consecutive rows.</summary>
    /// <param name="outputs">Of all rows, padding included.</param>
    /// <param name="layer">That they are outputs of.</param>
    /// <param name="tile">Has the labels.</param>
    /// <param name="first">Row of the tile that the first outputs belong to.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="losses">Of each row.</param>
    [SkipLocalsInit]
    public void Differentiate(Span<float> outputs, LayerLayout layer, RowTile tile, int first, float inverseRows, Span<double> losses)
    {
        var stride = layer.PaddedOutputs;
        var row = 0;
        if (layer.Outputs <= MostOutputsOfBlock)
        {
            Span<float> block = stackalloc float[MostRowsOfBlock * stride];
            while (losses.Length - row >= KernelSet.BlockSize)
            {
                var rows = Math.Min(MostRowsOfBlock, (losses.Length - row) / KernelSet.BlockSize * KernelSet.BlockSize);
                var ofRows = outputs.Slice(row * stride, rows * stride);
                kernels.Transpose(ofRows, stride, block, rows);
                DifferentiateBlock(block[..(layer.Outputs * rows)], tile.ClassesOf(first + row, rows), tile.TargetsOf(first + row, rows), inverseRows, losses.Slice(row, rows));
                block[(layer.Outputs * rows)..(stride * rows)].Clear();
                kernels.Transpose(block, rows, ofRows, stride);
                row += rows;
            }
        }

        for (; row < losses.Length; row++)
        {
            losses[row] = Differentiate(outputs.Slice(row * stride, stride), tile, first + row, inverseRows);
        }
    }

    /// <summary>Losses of a multiple of <see cref="KernelSet.BlockSize"/> rows, or lanes, to the bit as of each by itself. Their outputs are replaced by the gradient of (loss / batch rows).</summary>
    /// <param name="outputs">Output o of row r at o × rows + r.</param>
    /// <param name="classes">Label of each row, where it is a class.</param>
    /// <param name="targets">Label of each row, where it is a number.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="losses">Of each row.</param>
    public abstract void DifferentiateBlock(Span<float> outputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> targets, float inverseRows, Span<double> losses);

    /// <summary>As <see cref="DifferentiateBlock"/>, of all lanes of a crowd at each row of a batch, which have its label together; their losses are added up.</summary>
    /// <param name="outputs">Output o of lane l in row r at ((r × outputs) + o) × lanes + l.</param>
    /// <param name="classes">Label of each row, where it is a class.</param>
    /// <param name="targets">Label of each row, where it is a number.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="losses">Of the crowd.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void DifferentiateLanes(Span<float> outputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> targets, float inverseRows, CrowdLosses losses)
    {
        losses.Begin();
        var (lanes, stride) = (losses.Lanes, outputs.Length / classes.Length);
        var atOnce = stride == lanes ? losses.RowsAtOnce : 1;
        for (var row = 0; row < classes.Length; row += atOnce)
        {
            var rows = Math.Min(atOnce, classes.Length - row);
            for (var of = 0; of < rows; of++)
            {
                losses.Classes.AsSpan(of * lanes, lanes).Fill(classes[row + of]);
                losses.Targets.AsSpan(of * lanes, lanes).Fill(targets[row + of]);
            }

            var ofRows = losses.OfRows.AsSpan(0, rows * lanes);
            DifferentiateBlock(outputs.Slice(row * stride, rows * stride), losses.Classes.AsSpan(0, rows * lanes), losses.Targets.AsSpan(0, rows * lanes), inverseRows, ofRows);
            losses.Add(row, ofRows);
        }
    }

    /// <summary>Sums for the evaluations of one lane, one after the other.</summary>
    public abstract EvaluationSums NewEvaluation();
}
