using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Ranking;

namespace CloudSweep.Coordinator.Application;

/// <summary>A trial with the evaluation that counts.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Score">Its score; null when it has none.</param>
/// <param name="Evaluation">The evaluation of the score, else its last one; null before the first.</param>
internal sealed record ScoredTrial(TrialRecord Trial, TrialScore? Score, Measurement.Evaluation? Evaluation)
{
    /// <summary>What it reached on <c>data.test</c>; null for all but the winner, and before it was scored.</summary>
    public Measurement.Test? Test { get; private init; }

    /// <summary>What it measured at the last rung that it reached; null before the first.</summary>
    public Measurement.Rung? Rung { get; private init; }

    public static ScoredTrial Of(TrialRecord trial, IReadOnlyList<Measurement> measurements, Objective objective)
    {
        var score = TrialScore.Of(measurements, objective, trial.State);
        return new ScoredTrial(trial, score, score?.Evaluation ?? measurements.OfType<Measurement.Evaluation>().LastOrDefault())
        {
            Test = measurements.OfType<Measurement.Test>().FirstOrDefault(),
            Rung = measurements.OfType<Measurement.Rung>().LastOrDefault(),
        };
    }
}
