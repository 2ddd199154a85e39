using System.Runtime.Intrinsics.X86;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>The kernel paths of this machine.</summary>
internal static class KernelPaths
{
    /// <summary>Paths that this machine runs, fastest first.</summary>
    public static IReadOnlyList<KernelPath> Supported()
    {
        var paths = new List<KernelPath>();
        if (Avx512F.IsSupported)
        {
            paths.Add(KernelPath.Avx512);
        }

        if (Avx2.IsSupported && Fma.IsSupported)
        {
            paths.Add(KernelPath.Avx2);
        }

        paths.Add(KernelPath.Portable);
        return paths;
    }

    /// <summary>Name on the wire and in sweep files.</summary>
    public static string Name(KernelPath path) => path switch
    {
        KernelPath.Portable => "portable",
        KernelPath.Avx2 => "avx2",
        KernelPath.Avx512 => "avx512",
        _ => throw new ArgumentOutOfRangeException(nameof(path)),
    };

    /// <summary>The path with this name, or null.</summary>
    public static KernelPath? Parse(string name) =>
        Enum.GetValues<KernelPath>().Cast<KernelPath?>().FirstOrDefault(path => Name(path!.Value) == name);

    public static KernelSet KernelsOf(KernelPath path) => path switch
    {
        KernelPath.Portable => new KernelSet<ScalarVector>(),
        KernelPath.Avx2 => new KernelSet<Avx2Vector>(),
        KernelPath.Avx512 => new KernelSet<Avx512Vector>(),
        _ => throw new ArgumentOutOfRangeException(nameof(path)),
    };
}
