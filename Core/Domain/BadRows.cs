namespace CloudSweep.Core.Domain;

/// <summary>The rows that were left out because they break rules.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The first of them; at most <see cref="MaxOfShard"/> per shard and <see cref="MaxOfDataSet"/> in all.</param>
public sealed record BadRows(long Count, IReadOnlyList<BadRow> First)
{
    /// <summary>Most rows that a shard's profile names.</summary>
    public const int MaxOfShard = 100;

    /// <summary>Most rows that the merged profile names.</summary>
    public const int MaxOfDataSet = 1000;

    public static BadRows None { get; } = new(0, []);
}
