namespace CloudSweep.Cli.Generation;

/// <summary>What decides the label of a generated row.</summary>
internal enum DatasetKind
{
    /// <summary>A small random network with one hidden layer.</summary>
    Teacher,

    /// <summary>A random linear model.</summary>
    Linear,

    /// <summary>A random linear model of few of many features, most of which are 0 in a row.</summary>
    Sparse,
}
