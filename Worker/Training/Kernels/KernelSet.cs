namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The inner loops of training. Widths of rows (N, lengths) are multiples of <see cref="Padding"/>.</summary>
internal abstract class KernelSet
{
    /// <summary>Outputs of a layer are padded to this many floats, so that no kernel has a remainder along them.</summary>
    public const int Padding = 16;

    /// <summary>Rows, or lanes, whose loss is computed together.</summary>
    public const int BlockSize = 16;

    /// <summary>Most terms of a sum in products that step.</summary>
    public const int MostFusedSteps = 128;

    /// <summary>The smallest multiple of <see cref="Padding"/> that holds <paramref name="count"/>.</summary>
    public static int Padded(int count) => (count + Padding - 1) / Padding * Padding;

    /// <summary>
    /// C[M×N] = A[M×K] · B[K×N], or += with <paramref name="accumulate"/>. Every element of C is one ascending chain of fused multiply-adds over K.
    /// </summary>
    /// <param name="size">M, N and K; N a multiple of <see cref="Padding"/>.</param>
    /// <param name="a">Element (m, k) is at m × aRowStride + k × aColumnStride.</param>
    /// <param name="aRowStride">Of a.</param>
    /// <param name="aColumnStride">Of a.</param>
    /// <param name="b">Element (k, n) is at k × bStride + n.</param>
    /// <param name="bStride">Of b; 0 where all rows are one.</param>
    /// <param name="bColumns">Columns of b, ≤ N; columns of C beyond them become 0.</param>
    /// <param name="c">Element (m, n) is at m × cStride + n.</param>
    /// <param name="cStride">At least N.</param>
    /// <param name="accumulate">Goes on with the sums that C holds.</param>
    public abstract void MultiplyMatrices(
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, int bStride, int bColumns, Span<float> c, int cStride, bool accumulate);

    /// <summary>The same of matrices b and c without gaps.</summary>
    public void MultiplyMatrices(
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> c, bool accumulate) =>
        MultiplyMatrices(size, a, aRowStride, aColumnStride, b, size.N, size.N, c, size.N, accumulate);

    /// <summary>
    /// G[M×N] = A[M×K] · B[K×N] as <see cref="MultiplyMatrices(ValueTuple{int, int, int}, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, int, int, Span{float}, int, bool)"/>,
    /// and at once w += move · (g + λ·w) as <see cref="UpdateSgd"/>: no gradient leaves the first-level cache.
    /// </summary>
    /// <param name="size">M, N and K; K at most <see cref="MostFusedSteps"/>, N a multiple of <see cref="Padding"/>.</param>
    /// <param name="a">Element (m, k) is at m × aRowStride + k × aColumnStride.</param>
    /// <param name="aRowStride">Of a.</param>
    /// <param name="aColumnStride">Of a.</param>
    /// <param name="b">Element (k, n) is at k × bStride + n.</param>
    /// <param name="bStride">Of b; 0 where all rows are one.</param>
    /// <param name="bColumns">Columns of b, ≤ N; gradients beyond them are 0.</param>
    /// <param name="weights">w; element (m, n) is at m × weightStride + n.</param>
    /// <param name="weightStride">At least N.</param>
    /// <param name="moves">Minus the learning rate: of each row of w, or one for all.</param>
    /// <param name="weightDecay">λ.</param>
    public abstract void MultiplyAndStep(
        (int M, int N, int K) size,
        ReadOnlySpan<float> a,
        int aRowStride,
        int aColumnStride,
        ReadOnlySpan<float> b,
        int bStride,
        int bColumns,
        Span<float> weights,
        int weightStride,
        ReadOnlySpan<float> moves,
        float weightDecay);

    /// <summary>The same of matrices b and w without gaps, at one rate.</summary>
    public void MultiplyAndStep(
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> weights, float move, float weightDecay) =>
        MultiplyAndStep(size, a, aRowStride, aColumnStride, b, size.N, size.N, weights, size.N, [move], weightDecay);

    /// <summary>
    /// As <see cref="MultiplyAndStep(ValueTuple{int, int, int}, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, int, int, Span{float}, int, ReadOnlySpan{float}, float)"/>,
    /// of matrices b and w without gaps and with a rate for each column. What lies behind a is fetched, as many columns as a has: likely they are next.
    /// </summary>
    public abstract void MultiplyAndStepColumns(
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> weights, ReadOnlySpan<float> moves, float weightDecay);

    /// <summary>C[M×N] = A[M×K] · Bᵀ in the same order; columns of C beyond the rows of B become 0.</summary>
    /// <param name="size">M, N and K; N a multiple of <see cref="Padding"/>.</param>
    /// <param name="a">Element (m, k) is at m × aStride + k.</param>
    /// <param name="aStride">At least K.</param>
    /// <param name="b">At most N rows: element (n, k) is at n × bStride + k.</param>
    /// <param name="bStride">At least K.</param>
    /// <param name="c">Row-major, stride N.</param>
    public abstract void MultiplyByTransposed((int M, int N, int K) size, ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> c);

    /// <summary>Adds the bias to each row: values[r, n] += bias[n].</summary>
    public abstract void AddToRows(Span<float> values, ReadOnlySpan<float> bias);

    /// <summary>sums[n] += Σ over rows of values[r, n], one ascending chain per column.</summary>
    public abstract void SumRows(ReadOnlySpan<float> values, Span<float> sums);

    /// <summary>target[c × targetStride + r] = source[r × stride + c] of a matrix of so many columns as <paramref name="stride"/> and rows as <paramref name="targetStride"/>.</summary>
    /// <param name="source">Without gaps.</param>
    /// <param name="stride">A multiple of <see cref="Padding"/>.</param>
    /// <param name="target">As large.</param>
    /// <param name="targetStride">A multiple of <see cref="Padding"/>.</param>
    public abstract void Transpose(ReadOnlySpan<float> source, int stride, Span<float> target, int targetStride);

    /// <summary>x = max(x, 0); NaN stays NaN.</summary>
    public abstract void Relu(Span<float> values);

    /// <summary>gradients = outputs &gt; 0 ? gradients : 0.</summary>
    public abstract void ReluGradient(ReadOnlySpan<float> outputs, Span<float> gradients);

    /// <summary>x = tanh x.</summary>
    public abstract void Tanh(Span<float> values);

    /// <summary>gradients ×= 1 − outputs².</summary>
    public abstract void TanhGradient(ReadOnlySpan<float> outputs, Span<float> gradients);

    /// <summary>x = x·Φ(x).</summary>
    public abstract void Gelu(Span<float> values);

    /// <summary>gradients ×= Φ(x) + x·φ(x).</summary>
    public abstract void GeluGradient(ReadOnlySpan<float> inputs, Span<float> gradients);

    /// <summary>x = exp(x − shift).</summary>
    public abstract void ExpShifted(Span<float> values, float shift);

    /// <summary>Softmax and cross-entropy, element by element as <see cref="CrossEntropy"/> computes one row.</summary>
    /// <param name="outputs">Logit of class c in row r at c × rows + r; replaced by the gradient of (loss / batch rows).</param>
    /// <param name="labels">Class of each row; a multiple of <see cref="BlockSize"/> rows, at most 256.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="losses">Nats, of each row.</param>
    public abstract void CrossEntropyOfBlock(Span<float> outputs, ReadOnlySpan<int> labels, float inverseRows, Span<double> losses);

    /// <summary>Binary cross-entropy with logits, element by element as <see cref="BinaryCrossEntropyLoss"/> computes one row.</summary>
    /// <param name="outputs">Logits; replaced by the gradient of (loss / batch rows).</param>
    /// <param name="labels">0 or 1, of each row.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="losses">Nats, of each row.</param>
    public abstract void BinaryCrossEntropyOfBlock(Span<float> outputs, ReadOnlySpan<int> labels, float inverseRows, Span<double> losses);

    /// <summary>Squared errors, element by element as <see cref="SquaredErrorLoss"/> computes one row.</summary>
    /// <param name="outputs">Predictions; replaced by the gradient of (loss / batch rows).</param>
    /// <param name="targets">Standardized labels.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="losses">Of each row.</param>
    public abstract void SquaredErrorOfBlock(Span<float> outputs, ReadOnlySpan<float> targets, float inverseRows, Span<double> losses);

    /// <summary>The same of many lanes at each row; their losses are added to sums of which row r has those at r mod 16.</summary>
    /// <param name="outputs">Prediction of lane l in row r at r × lanes + l; replaced by the gradient of (loss / batch rows).</param>
    /// <param name="targets">Standardized label of each row.</param>
    /// <param name="inverseRows">1 / rows of the batch.</param>
    /// <param name="sums">Sum p of lane l at p × lanes + l; lanes are a multiple of <see cref="BlockSize"/>.</param>
    public abstract void SquaredErrorOfLanes(Span<float> outputs, ReadOnlySpan<float> targets, float inverseRows, Span<double> sums);

    /// <summary>Whether all values are finite; their number is a multiple of <see cref="Padding"/>.</summary>
    public abstract bool AllFinite(ReadOnlySpan<float> values);

    /// <summary>x = factor × x.</summary>
    public abstract void Scale(Span<float> values, float factor);

    /// <summary>partials[i mod 16] += x[i]² in double precision, where a square of a float is exact; one ascending chain per partial. Any length.</summary>
    public abstract void AddSquares(ReadOnlySpan<float> values, Span<double> partials);

    /// <summary>g += λ·w; w += move·g.</summary>
    /// <param name="weights">w.</param>
    /// <param name="gradients">g.</param>
    /// <param name="moves">Minus the learning rate of each column; they repeat over the weights. A multiple of <see cref="Padding"/> many.</param>
    /// <param name="weightDecay">λ.</param>
    public abstract void UpdateSgd(Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<float> moves, float weightDecay);

    /// <summary>g += λ·w; b = μ·b + share·g; w += move·b, or move·(g + μ·b) for Nesterov.</summary>
    public abstract void UpdateMomentum(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocities, ReadOnlySpan<float> moves, in MomentumStep step);

    /// <summary>g += λ·w; s += g²; w += move·g / (√s + ε).</summary>
    public abstract void UpdateAdaGrad(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, ReadOnlySpan<float> moves, float epsilon, float weightDecay);

    /// <summary>
    /// g += λ·w; s = α·s + (1 − α)·g²; d = g / (√s + ε); w += move·d.
    /// With <paramref name="means"/>, a = α·a + (1 − α)·g and the root is of s − a²; with <paramref name="velocities"/>, b = μ·b + d is the step. Either may be empty.
    /// </summary>
    public abstract void UpdateRmsProp(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> squares, Span<float> means, Span<float> velocities, ReadOnlySpan<float> moves, in RmsPropStep step);

    /// <summary>
    /// g += λ·w; m, v by the decays; w += shrinkage·w; w += move·m / (√v / rootOfCorrection + ε), where a move is −lr / (1 − β₁ᵗ).
    /// With <paramref name="maxima"/>, which may be empty, the root is of the largest v so far; <paramref name="shrinkages"/>, AdamW's −lr·λ, may be empty too.
    /// </summary>
    public abstract void UpdateAdam(
        Span<float> weights,
        ReadOnlySpan<float> gradients,
        Span<float> means,
        Span<float> squares,
        Span<float> maxima,
        ReadOnlySpan<float> moves,
        ReadOnlySpan<float> shrinkages,
        in AdamStep step);
}
