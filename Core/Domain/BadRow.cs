namespace CloudSweep.Core.Domain;

/// <summary>A row that was left out. Has no content of cells, so that it may travel.</summary>
/// <param name="ShardKey">The shard.</param>
/// <param name="Unit">What <paramref name="Number"/> counts: <c>line</c> of text, or <c>row</c> of a format without lines.</param>
/// <param name="Number">Where it is, from 1.</param>
/// <param name="Column">The first column that breaks a rule; null = the row as a whole does.</param>
/// <param name="Rule">What is wrong, e.g. "is not a number".</param>
public sealed record BadRow(string ShardKey, string Unit, long Number, string? Column, string Rule)
{
    /// <summary>For people, e.g. "shard '000', line 3, column 'x' is not a number".</summary>
    public override string ToString() => FormattableString.Invariant($"shard '{ShardKey}', {Unit} {Number}{(Column is null ? "" : $", column '{Column}'")} {Rule}");
}
