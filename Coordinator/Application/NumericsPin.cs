using System.Globalization;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Which numerics a sweep may train with: fixed at its first training grant, so that all its trials are comparable bit by bit.</summary>
internal static class NumericsPin
{
    /// <summary>The numerics that a Worker would train this sweep with, e.g. <c>1/avx2</c>; null when it can't.</summary>
    public static string? Choose(SweepRecord sweep, WorkerOffer offer)
    {
        var offered = offer.KernelPaths.Select(path => string.Create(CultureInfo.InvariantCulture, $"{offer.NumericsVersion}/{path}")).ToList();
        if (sweep.Numerics is not null)
        {
            return offered.Find(numerics => numerics == sweep.Numerics);
        }

        var kernel = SweepDocuments.SpecOf(sweep).Execution.Kernel;
        return offered.Find(numerics => kernel == "auto" || numerics.EndsWith("/" + kernel, StringComparison.Ordinal));
    }
}
