using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>Softmax and cross-entropy of one row by log-sum-exp (torch.nn.functional.cross_entropy).</summary>
internal static class CrossEntropy
{
    /// <summary>Index of the largest logit, the lowest at ties; 0 when the first is NaN.</summary>
    public static int Predict(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var index = 1; index < logits.Length; index++)
        {
            best = logits[index] > logits[best] ? index : best;
        }

        return best;
    }

    /// <summary>
    /// Loss of a row in nats. Replaces the logits by exp(logit − max); with them and <paramref name="sum"/> the caller has the softmax.
    /// </summary>
    /// <param name="kernels">Kernel path.</param>
    /// <param name="padded">The row's logits, padding included.</param>
    /// <param name="classCount">Real logits.</param>
    /// <param name="label">Class of the row.</param>
    /// <param name="sum">Sum of the exponentials.</param>
    public static double Loss(KernelSet kernels, Span<float> padded, int classCount, int label, out double sum)
    {
        var logits = padded[..classCount];
        var max = logits[Predict(logits)];
        double labelLogit = logits[label];
        kernels.ExpShifted(padded, max);
        sum = 0;
        foreach (var exponential in logits)
        {
            sum += exponential;
        }

        return ElementaryFunctions.Log(sum) + (max - labelLogit);
    }

    /// <summary>Turns the exponentials of a row into the gradient of the mean loss: (softmax − one-hot) / rows.</summary>
    public static void Gradient(Span<float> padded, int classCount, int label, double sum, float inverseRows)
    {
        var divisor = (float)sum;
        for (var index = 0; index < classCount; index++)
        {
            var difference = (padded[index] / divisor) - (index == label ? 1f : 0f);
            padded[index] = difference * inverseRows;
        }

        padded[classCount..].Clear();
    }
}
