namespace CloudSweep.Coordinator.Security;

/// <summary>Comes from files that may be replaced while the Coordinator runs.</summary>
internal interface IReloaded
{
    /// <summary>Takes what is new in the files.</summary>
    void Refresh();
}
