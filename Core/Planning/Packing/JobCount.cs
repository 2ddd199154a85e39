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

    public static (int Jobs, PackedBy By) Of(IReadOnlyList<Trial> trials, TrialDeal deal, SweepSpec spec, WorkerSlots slots, DataShape data)
    {
        if (spec.Execution.TrialsPerJob is { } most)
        {
            return (CeilingDivide(trials.Count, most), PackedBy.SweepFile);
        }

        var laneBytes = LaneBytes(trials, spec.Objective.Use, slots, data);
        var needed = Fewest(trials.Count, jobs => deal.WidestOf(jobs) <= laneBytes);
        var filled = (int)Math.Min(trials.Count, (long)CeilingDivide(needed, slots.Count) * slots.Count);
        var time = JobTime.Of(trials, data);
        var soonest = Enumerable.Range(needed, filled - needed + 1).Min(jobs => time.Until(trials.Count, jobs, slots));
        var chosen = Enumerable.Range(needed, filled - needed + 1)
            .Where(jobs => time.Until(trials.Count, jobs, slots) <= AboutAsSoon * soonest)
            .FirstOrDefault(jobs => deal.WidestOf(jobs) <= laneBytes, needed);
        return (chosen, By(chosen, needed, trials.Count, slots.Count));
    }

    // What rows, threads and a snapshot leave of a slot.
    private static long LaneBytes(IReadOnlyList<Trial> trials, ScoreUse use, WorkerSlots slots, DataShape data) =>
        Math.Max(slots.MemoryBytes - JobMemory.Without(trials, data, use, slots.Threads).Total, slots.MemoryBytes / LeastShareOfLanes);

    // By halves: with twice as many jobs each has about half as much. A job of a single trial has to do where it does not fit either.
    private static int Fewest(int most, Func<int, bool> fits)
    {
        var (tooFew, enough) = (0, most);
        while (enough - tooFew > 1)
        {
            var jobs = tooFew + ((enough - tooFew) / 2);
            (tooFew, enough) = fits(jobs) ? (tooFew, jobs) : (jobs, enough);
        }

        return enough;
    }

    private static PackedBy By(int chosen, int needed, int lanes, int slots) =>
        chosen > slots ? PackedBy.Memory
        : slots == 1 ? PackedBy.OnePass
        : chosen == Math.Min(slots, lanes) ? PackedBy.Slots
        : chosen == needed && needed > 1 ? PackedBy.Memory
        : PackedBy.Reading;
}
