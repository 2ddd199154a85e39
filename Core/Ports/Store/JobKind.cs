namespace CloudSweep.Core.Ports.Store;

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Reads shards' text once and reports profiles.</summary>
    Profile = 1,

    /// <summary>Trains trials side by side.</summary>
    Train,

    /// <summary>Scores the rows of <c>data.test</c> with the winner's model.</summary>
    Test,
}
