using System.Collections.Concurrent;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>The specs of sweeps. Nearly every call needs one, so a text that was read before is not read again; equal text is an equal spec.</summary>
internal static class SweepDocuments
{
    private const int Capacity = 64;

    private static readonly ConcurrentDictionary<SweepId, (string Text, SweepSpec Spec)> Known = new();

    public static SweepSpec SpecOf(SweepRecord sweep)
    {
        if (Known.TryGetValue(sweep.Id, out var known) && known.Text == sweep.SpecJson)
        {
            return known.Spec;
        }

        var spec = CanonicalJson.Read<SweepSpec>(sweep.SpecJson);
        if (Known.Count >= Capacity)
        {
            Known.Clear();
        }

        Known[sweep.Id] = (sweep.SpecJson, spec);
        return spec;
    }
}
