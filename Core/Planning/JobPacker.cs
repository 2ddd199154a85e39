using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Core.Planning;

/// <summary>Groups trials into jobs that share one pass. Trials of a job have the same order of rows and as many epochs.</summary>
public static class JobPacker
{
    /// <summary>Trial numbers of each job; every trial is in exactly one.</summary>
    /// <param name="slots">Job slots to keep busy, ≥ 1.</param>
    /// <param name="parametersOf">Weights and biases of a model, ≥ 1.</param>
    /// <param name="scoreBytes">What a lane keeps of an evaluation.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Pack(SweepSpec spec, IReadOnlyList<Trial> trials, int slots, Func<ModelSpec, long> parametersOf, long scoreBytes = 0)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        var groups = trials.GroupBy(FusionKey).OrderBy(group => group.Min(trial => trial.Number)).ToArray();
        var jobsPerGroup = groups.Length == 0 ? 1 : CeilingDivide(slots, groups.Length);
        return groups.SelectMany(group => Deal(group.ToArray(), spec.Execution.TrialsPerJob, jobsPerGroup, parametersOf, scoreBytes, spec.Objective.Use)).ToArray();
    }

    /// <inheritdoc cref="Pack(SweepSpec, IReadOnlyList{Trial}, int, Func{ModelSpec, long}, long)"/>
    public static IReadOnlyList<IReadOnlyList<int>> Pack(SweepSpec spec, IReadOnlyList<Trial> trials, int slots, DataProfile profile) =>
        Pack(spec, trials, slots, ParametersOf(spec, profile), LaneMemory.ScoreBytes(profile));

    private static Func<ModelSpec, long> ParametersOf(SweepSpec spec, DataProfile profile)
    {
        var features = (int)FeatureLayout.Of(spec.Data, profile).Count;
        return model => ModelSize.Parameters(model, features, profile.Classes.Count);
    }

    /// <summary>What trials must share to be trained on one pass; models, batch sizes, optimizers and rates may differ.</summary>
    public static (long DataOrder, int Epochs) FusionKey(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var training = trial.Parameters.Training;
        return (TrialSeeds.For(training, trial.Parameters.Repeat).DataOrder, training.Epochs);
    }

    private static IEnumerable<IReadOnlyList<int>> Deal(Trial[] trials, int? trialsPerJob, int jobsWanted, Func<ModelSpec, long> parametersOf, long scoreBytes, ScoreUse use)
    {
        var sizes = trials.Select(trial => trial.Parameters.Model).Distinct().ToDictionary(model => model, parametersOf);
        var widestLane = trials.Max(trial => LaneMemory.Bytes(sizes[trial.Parameters.Model], trial.Parameters.Optimizer, use)) + scoreBytes;
        var width = trialsPerJob ?? (int)Math.Clamp(LaneMemory.DefaultLimitBytes / Math.Max(1, widestLane), 1, trials.Length);
        var needed = CeilingDivide(trials.Length, width);
        var jobs = trialsPerJob is null ? Math.Min(trials.Length, Math.Max(needed, jobsWanted)) : needed;

        // Large models and small batches take long, and high rates end early: dealing them round leaves every job a fair share of each.
        var byCost = trials
            .OrderByDescending(trial => sizes[trial.Parameters.Model])
            .ThenBy(trial => trial.Parameters.Training.BatchSize ?? int.MaxValue)
            .ThenBy(trial => trial.Parameters.LearningRate)
            .ThenBy(trial => trial.Number)
            .ToArray();
        var dealt = Enumerable.Range(0, jobs).Select(_ => new List<int>(CeilingDivide(byCost.Length, jobs))).ToArray();
        foreach (var (index, trial) in byCost.Index())
        {
            dealt[index % jobs].Add(trial.Number);
        }

        return dealt.Select(job => job.Order().ToArray());
    }

    // Both may be int.MaxValue, so nothing is added before the division.
    private static int CeilingDivide(int count, int width) => (count / width) + (count % width > 0 ? 1 : 0);
}
