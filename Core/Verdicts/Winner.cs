namespace CloudSweep.Core.Verdicts;

/// <summary>Whose model a sweep hands out. Of repeats it is the typical one.</summary>
public static class Winner
{
    /// <summary>The recommended trial, else the best; null when no trial has a score.</summary>
    public static int? Of(SweepAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Recommended?.Configuration.Trial.Number ?? answer.Best?.Trial.Number;
    }

    /// <summary>Trials whose models stay with the sweep: the recommended and the best.</summary>
    public static IReadOnlySet<int> Models(SweepAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new[] { answer.Recommended?.Configuration.Trial.Number, answer.Best?.Trial.Number }.OfType<int>().ToHashSet();
    }
}
