namespace CloudSweep.Worker.Training;

/// <summary>Which vector instructions the kernels use. Every path gives the same bits.</summary>
internal enum KernelPath
{
    /// <summary>One number at a time; runs anywhere.</summary>
    Portable = 1,

    /// <summary>Eight numbers at a time: AVX2 and FMA.</summary>
    Avx2,

    /// <summary>Sixteen numbers at a time: AVX-512F.</summary>
    Avx512,
}
