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
        var counts = groups.Select(group => JobCount.Of(group, spec, ofGroup, data)).ToArray();
        return new PackedJobs(
            [.. groups.Zip(counts).SelectMany(pair => Deal(pair.First, pair.Second.Jobs, data))],
            groups.Zip(counts).Select(pair => (Size: JobTime.CeilingDivide(pair.First.Length, pair.Second.Jobs), pair.Second.By)).DefaultIfEmpty().MaxBy(pair => pair.Size).By);
    }

    /// <summary>What trials must share to be trained on one pass; models, batch sizes, optimizers and rates may differ.</summary>
    public static (long DataOrder, int Epochs) FusionKey(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var training = trial.Parameters.Training;
        return (TrialSeeds.For(training, trial.Parameters.Repeat).DataOrder, training.Epochs);
    }

    /// <summary>Large models and small batches take long, and high rates end early: dealing them round leaves every job a fair share of each.</summary>
    private static IEnumerable<IReadOnlyList<int>> Deal(Trial[] trials, int jobs, DataShape data)
    {
        var sizes = trials.Select(trial => trial.Parameters.Model).Distinct().ToDictionary(model => model, model => ModelSize.Parameters(model, data.Features, data.Classes));
        var byCost = trials
            .OrderByDescending(trial => sizes[trial.Parameters.Model])
            .ThenBy(trial => trial.Parameters.Training.BatchSize ?? int.MaxValue)
            .ThenBy(trial => trial.Parameters.LearningRate)
            .ThenBy(trial => trial.Number)
            .ToArray();
        for (var job = 0; job < jobs; job++)
        {
            var dealt = new List<int>((byCost.Length / jobs) + 1);
            for (var index = job; index < byCost.Length; index += jobs)
            {
                dealt.Add(byCost[index].Number);
            }

            dealt.Sort();
            yield return dealt;
        }
    }
}
