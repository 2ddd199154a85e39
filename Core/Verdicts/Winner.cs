namespace CloudSweep.Core.Verdicts;

/// <summary>Whose model a sweep hands out.</summary>
public static class Winner
{
    /// <summary>The recommended trial, else the best; null when no trial has a score.</summary>
    public static int? Of(SweepAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Recommended?.Trial.Number ?? answer.Best?.Number;
    }

    /// <summary>Trials whose models stay with the sweep: the recommended and the best.</summary>
    public static IReadOnlySet<int> Models(SweepAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new[] { answer.Recommended?.Trial.Number, answer.Best?.Number }.OfType<int>().ToHashSet();
    }
}
