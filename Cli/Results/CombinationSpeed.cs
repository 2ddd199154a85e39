using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Cli.Results;

/// <summary>How soon a combination came near the best (<see cref="NearBest"/>).</summary>
/// <param name="Step">Optimizer steps after which all repeats of a rate had been there.</param>
/// <param name="Epochs">The same in passes over the training rows.</param>
/// <param name="Rate">That rate, the one that was there first; the lower one at a tie.</param>
internal sealed record CombinationSpeed(long Step, double Epochs, double Rate)
{
    /// <summary>Every combination; null for one of which no completed rate came near.</summary>
    public static IReadOnlyList<(AnswerSection Section, CombinationSpeed? Speed)> Of(SweepResult result)
    {
        var steps = NearBest.Of(result)?.Steps(result) ?? new Dictionary<int, long>();
        var states = result.Description.Trials.ToDictionary(trial => trial.Number, trial => trial.State);
        return [.. AnswerSection.Of(result.Answer, result.Spec).Select(section => (section, Soonest(section, steps, states, result.Description.Data?.TrainRows ?? 0)))];
    }

    private static CombinationSpeed? Soonest(AnswerSection section, IReadOnlyDictionary<int, long> steps, Dictionary<int, TrialState> states, long trainRows)
    {
        var soonest = section.Rates
            .Where(rate => rate.Trials.All(trial => states[trial] == TrialState.Completed && steps.ContainsKey(trial)))
            .MinBy(rate => rate.Trials.Max(trial => steps[trial]));
        if (soonest is null || trainRows == 0)
        {
            return null;
        }

        var step = soonest.Trials.Max(trial => steps[trial]);
        var perEpoch = StepCount.Of(CanonicalJson.Read<TrainingSpec>(soonest.Parameters.TrainingJson), trainRows).PerEpoch;
        return new CombinationSpeed(step, (double)step / perEpoch, soonest.Parameters.LearningRate);
    }
}
