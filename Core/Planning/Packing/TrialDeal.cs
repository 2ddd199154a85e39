using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Packing;

/// <summary>Trials in the order in which they are dealt round to jobs. Large models and small batches take long, and high rates end early: every job gets a fair share of each.</summary>
internal sealed class TrialDeal
{
    private readonly Trial[] _byCost;
    private readonly long[] _laneBytes;

    /// <param name="trials">At least one; all can share a pass.</param>
    /// <param name="data">What they train on.</param>
    /// <param name="use">Of the objective.</param>
    public TrialDeal(IReadOnlyList<Trial> trials, DataShape data, ScoreUse use)
    {
        var sizes = trials.Select(trial => trial.Parameters.Model).Distinct().ToDictionary(model => model, model => ModelSize.Parameters(model, data.Features, data.Classes));
        _byCost =
        [
            .. trials
                .OrderByDescending(trial => sizes[trial.Parameters.Model])
                .ThenBy(trial => trial.Parameters.Training.BatchSize ?? int.MaxValue)
                .ThenBy(trial => trial.Parameters.LearningRate)
                .ThenBy(trial => trial.Number),
        ];
        var bytes = trials.Select(trial => trial.Parameters).DistinctBy(KindOf).ToDictionary(KindOf, parameters => LaneMemory.Bytes(parameters, data, use));
        _laneBytes = [.. _byCost.Select(trial => bytes[KindOf(trial.Parameters)])];
    }

    /// <summary>Trial numbers of each of so many jobs, ascending.</summary>
    public IEnumerable<IReadOnlyList<int>> To(int jobs) => Enumerable.Range(0, jobs).Select(job => IndexesOf(job, jobs).Select(index => _byCost[index].Number).Order().ToArray());

    /// <summary>Bytes of the lanes of the job that has most of them.</summary>
    public long WidestOf(int jobs) => Enumerable.Range(0, jobs).Max(job => IndexesOf(job, jobs).Sum(index => _laneBytes[index]));

    private static (ModelSpec Model, TrainingSpec Training, OptimizerSettings Optimizer) KindOf(TrialParameters parameters) => (parameters.Model, parameters.Training, parameters.Optimizer);

    private IEnumerable<int> IndexesOf(int job, int jobs)
    {
        for (var index = job; index < _byCost.Length; index += jobs)
        {
            yield return index;
        }
    }
}
