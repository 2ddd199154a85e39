using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>Groups trials into jobs that share one pass. Trials of a job have the same repeat, so the same order of rows.</summary>
public static class JobPacker
{
    /// <summary>Trial numbers of each job; every trial is in exactly one.</summary>
    /// <param name="slots">Job slots to keep busy, ≥ 1.</param>
    /// <param name="parameters">Weights and biases of the model, ≥ 1.</param>
    /// <param name="scoreBytes">What a lane keeps of an evaluation.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Pack(SweepSpec spec, IReadOnlyList<Trial> trials, int slots, long parameters, long scoreBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        var groups = trials.GroupBy(trial => trial.Parameters.Repeat).OrderBy(group => group.Key).ToArray();
        var jobsPerGroup = groups.Length == 0 ? 1 : CeilingDivide(slots, groups.Length);
        return groups.SelectMany(group => Deal(group.ToArray(), spec.Execution.TrialsPerJob, jobsPerGroup, parameters, scoreBytes)).ToArray();
    }

    /// <inheritdoc cref="Pack(SweepSpec, IReadOnlyList{Trial}, int, long, long)"/>
    public static IReadOnlyList<IReadOnlyList<int>> Pack(SweepSpec spec, IReadOnlyList<Trial> trials, int slots, DataProfile profile) =>
        Pack(spec, trials, slots, ModelSize.Parameters(spec.Model, profile.Features.Count, profile.Classes.Count), LaneMemory.ScoreBytes(profile));

    private static IEnumerable<IReadOnlyList<int>> Deal(Trial[] trials, int? trialsPerJob, int jobsWanted, long parameters, long scoreBytes)
    {
        var widestLane = trials.Max(trial => LaneMemory.Bytes(parameters, trial.Parameters.Optimizer)) + scoreBytes;
        var width = trialsPerJob ?? (int)Math.Clamp(LaneMemory.DefaultLimitBytes / Math.Max(1, widestLane), 1, trials.Length);
        var needed = CeilingDivide(trials.Length, width);
        var jobs = trialsPerJob is null ? Math.Min(trials.Length, Math.Max(needed, jobsWanted)) : needed;

        // High rates end early; dealing them round leaves every job a fair share of the long ones.
        var byRate = trials.OrderBy(trial => trial.Parameters.LearningRate).ThenBy(trial => trial.Number).ToArray();
        return Enumerable.Range(0, jobs)
            .Select(job => byRate.Where((_, index) => index % jobs == job).Select(trial => trial.Number).Order().ToArray());
    }

    // Both may be int.MaxValue, so nothing is added before the division.
    private static int CeilingDivide(int count, int width) => (count / width) + (count % width > 0 ? 1 : 0);
}
