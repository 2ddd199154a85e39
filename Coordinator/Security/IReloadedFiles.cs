namespace CloudSweep.Coordinator.Security;

/// <summary>Files that are read again when they change, without a restart.</summary>
internal interface IReloadedFiles
{
    /// <summary>Reads the files. What can't be read or breaks rules is logged, once per content, and what was read before stays.</summary>
    void Refresh();
}
