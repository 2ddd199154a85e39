namespace CloudSweep.Core.Pruning;

/// <summary>
/// One decision at one rung of one combination: about the configurations of a report, by what had been reported there before and with it. Stored once and
/// never made again; the decisions before it and its own values are all that it follows from.
/// </summary>
/// <param name="Sequence">1, 2, … within the sweep, in the order in which decisions were made.</param>
/// <param name="Job">Number of the job whose report it answered.</param>
/// <param name="Rung">Number of the rung.</param>
/// <param name="Step">Its step.</param>
/// <param name="Rows">Validation rows that the values are of.</param>
/// <param name="Ranked">Configurations that had reported this rung by then, those of this decision included.</param>
/// <param name="Entries">By place.</param>
public sealed record RungDecision(int Sequence, int Job, int Rung, long Step, long Rows, int Ranked, IReadOnlyList<RungEntry> Entries)
{
    /// <summary>The lowest trial number, which tells the combination.</summary>
    public int FirstTrial() => Entries.SelectMany(entry => entry.Trials).Min();
}
