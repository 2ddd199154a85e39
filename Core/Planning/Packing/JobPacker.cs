using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Packing;

/// <summary>Groups trials into jobs that share one pass. Trials of a job have the same order of rows and as many epochs.</summary>
public static class JobPacker
{
    /// <summary>Packs by the sweep file, else so that jobs fit into the memory of a slot and the last is done as soon as may be, with no more passes than that takes.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="trials">What to pack.</param>
    /// <param name="slots">What there is to run it.</param>
    /// <param name="data">What it trains on.</param>
    public static PackedJobs Pack(SweepSpec spec, IReadOnlyList<Trial> trials, WorkerSlots slots, DataShape data)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(slots);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots.Count, 1);
        var groups = trials.GroupBy(FusionKey).Select(group => group.OrderBy(trial => trial.Number).ToArray()).OrderBy(group => group[0].Number).ToArray();
        var ofGroup = slots with { Count = Math.Max(1, JobTime.CeilingDivide(slots.Count, Math.Max(1, groups.Length))) };
        var deals = groups.Select(group => new TrialDeal(group, data, spec.Objective.Use)).ToArray();
        var counts = groups.Zip(deals, (group, deal) => JobCount.Of(group, deal, spec, ofGroup, data)).ToArray();
        return new PackedJobs(
            [.. deals.Zip(counts).SelectMany(pair => pair.First.To(pair.Second.Jobs))],
            groups.Zip(counts).Select(pair => (Size: JobTime.CeilingDivide(pair.First.Length, pair.Second.Jobs), pair.Second.By)).DefaultIfEmpty().MaxBy(pair => pair.Size).By);
    }

    /// <summary>What trials must share to be trained on one pass; models, batch sizes, optimizers and rates may differ.</summary>
    public static (long DataOrder, int Epochs) FusionKey(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var training = trial.Parameters.Training;
        return (TrialSeeds.For(training, trial.Parameters.Repeat).DataOrder, training.Epochs);
    }
}
