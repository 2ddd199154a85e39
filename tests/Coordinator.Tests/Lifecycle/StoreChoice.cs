namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Which store the Coordinator under test keeps its truth in.</summary>
public enum StoreChoice
{
    Memory,
    Sqlite,
}
