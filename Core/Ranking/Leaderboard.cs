using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Ranking;

/// <summary>Trials by score. Diverged, unfinished and non-finite ones are not on it; ties go to the lower number.</summary>
public static class Leaderboard
{
    /// <summary>Best first.</summary>
    public static IReadOnlyList<(TrialResult Trial, TrialScore Score)> Rank(IReadOnlyList<TrialResult> results, Objective objective)
    {
        var sign = SignOf(objective);
        return [.. results
            .Where(result => result.State == TrialState.Completed)
            .Select(result => (Trial: result, Score: TrialScore.Of(result.Measurements, objective, result.State)!))
            .Where(entry => entry.Score is not null)
            .OrderBy(entry => sign * entry.Score.Value)
            .ThenBy(entry => entry.Trial.Trial.Number)];
    }

    /// <summary>Numbers of the trials, the best included, whose score differs from the best by no more than the noise of both evaluations.</summary>
    public static IReadOnlyList<int> TiedWithBest(IReadOnlyList<(TrialResult Trial, TrialScore Score)> ranking, Objective objective)
    {
        if (ranking is not [var (_, best), ..])
        {
            return [];
        }

        var sign = SignOf(objective);
        return [.. ranking
            .Where(entry => sign * (entry.Score.Value - best.Value) <= Noise(entry.Score, best))
            .Select(entry => entry.Trial.Trial.Number)
            .Order()];
    }

    private static double Noise(TrialScore score, TrialScore best)
    {
        var noise = Math.Sqrt((score.StandardError * score.StandardError) + (best.StandardError * best.StandardError));
        return double.IsNaN(noise) ? 0 : noise;
    }

    private static int SignOf(Objective objective) => objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
}
