using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Report;

/// <summary>The score axis of a chart: its ends, and the place at its worse end where rates stand that have no score.</summary>
internal sealed class ScoreScale
{
    /// <param name="isLog">Scores are losses or errors above 0.</param>
    /// <param name="goal">Which end is the worse one.</param>
    /// <param name="values">All that must be seen, in the metric's units; may be empty.</param>
    /// <param name="hasUnscored">There are rates without a score.</param>
    public ScoreScale(bool isLog, ObjectiveGoal goal, IReadOnlyList<double> values, bool hasUnscored)
    {
        (IsLog, IsLow, HasUnscored) = (isLog, goal == ObjectiveGoal.Minimize, hasUnscored);
        double[] places = values.Count == 0 ? [0] : [.. values.Select(Place)];
        var (low, high) = (places.Min(), places.Max());
        var room = Math.Max(0.12 * (high - low), isLog ? 0.1 : high == low ? Math.Max(0.05, 0.05 * Math.Abs(high)) : 0);
        var worst = IsLow ? high + room : low - room;
        Unscored = isLog ? Math.Pow(10, worst) : worst;
        var (below, above) = (hasUnscored && !IsLow ? 2 * room : room, hasUnscored && IsLow ? 2 * room : room);
        Range = [low - below, high + above];
    }

    public bool IsLog { get; }

    /// <summary>Low scores are good.</summary>
    public bool IsLow { get; }

    public bool HasUnscored { get; }

    /// <summary>Score that a rate without one is drawn at.</summary>
    public double Unscored { get; }

    /// <summary>Ends of the axis as Plotly wants them: powers of ten on a log axis.</summary>
    public IReadOnlyList<double> Range { get; }

    /// <summary>A score's place on the axis, as <see cref="Range"/> has it.</summary>
    public double Place(double score) => IsLog ? Math.Log10(score) : score;
}
