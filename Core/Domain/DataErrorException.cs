namespace CloudSweep.Core.Domain;

/// <summary>The data breaks a rule. The message gives shard, line and column, the rule and the way out, and no cell of a remote data set.</summary>
public sealed class DataErrorException(string message, Exception? inner = null) : CloudSweepException(message, inner)
{
    /// <summary>Nothing is wrong with the data: this host may not or can't reach it, and another may.</summary>
    public bool IsOfThisHost { get; init; }
}
