using CloudSweep.Core.Domain;
using static CloudSweep.Core.Planning.Packing.JobTime;

namespace CloudSweep.Core.Planning.Packing;

/// <summary>Into how many jobs trials are cut that can all share one pass.</summary>
internal static class JobCount
{
    // Every job more is a pass more; fewer jobs that are done about as soon are cheaper.
    private const double AboutAsSoon = 1.1;

    // Where rows alone fill the memory of a slot, cutting trials apart would not make them smaller.
    private const int LeastShareOfLanes = 4;

    public static (int Jobs, PackedBy By) Of(IReadOnlyList<Trial> trials, SweepSpec spec, WorkerSlots slots, DataShape data)
    {
        if (spec.Execution.TrialsPerJob is { } most)
        {
            return (CeilingDivide(trials.Count, most), PackedBy.SweepFile);
        }

        var needed = CeilingDivide(trials.Count, Math.Max(1, MostLanes(trials, spec.Objective.Use, slots, data)));
        var filled = (int)Math.Min(trials.Count, (long)CeilingDivide(needed, slots.Count) * slots.Count);
        var time = JobTime.Of(trials, data);
        var soonest = Enumerable.Range(needed, filled - needed + 1).Min(jobs => time.Until(trials.Count, jobs, slots));
        var chosen = Enumerable.Range(needed, filled - needed + 1).First(jobs => time.Until(trials.Count, jobs, slots) <= AboutAsSoon * soonest);
        return (chosen, By(chosen, needed, trials.Count, slots.Count));
    }

    private static int MostLanes(IReadOnlyList<Trial> trials, ScoreUse use, WorkerSlots slots, DataShape data)
    {
        // Its snapshot is of the widest lane.
        var without = JobMemory.Without(trials, data, use, slots.Threads);
        var left = Math.Max(slots.MemoryBytes - without.Total, slots.MemoryBytes / LeastShareOfLanes);
        return (int)Math.Min(trials.Count, left / Math.Max(1, without.Snapshot));
    }

    private static PackedBy By(int chosen, int needed, int lanes, int slots) =>
        chosen > slots ? PackedBy.Memory
        : slots == 1 ? PackedBy.OnePass
        : chosen == Math.Min(slots, lanes) ? PackedBy.Slots
        : chosen == needed && needed > 1 ? PackedBy.Memory
        : PackedBy.Reading;
}
