using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Coordinator.Application;

/// <summary>The Coordinator hands out and deletes what Workers keep, so both must mean the same place.</summary>
internal static class CheckpointPlace
{
    /// <param name="own">The Coordinator's Checkpoints:Location.</param>
    /// <param name="workers">The Worker's; empty = not told. Folders may be mounted under another name, so two of them are not compared.</param>
    /// <exception cref="WorkerRefusedException">They are different places.</exception>
    public static void Require(string own, string workers)
    {
        var isComparable = workers.Length > 0 && (ObjectLocation.IsCloudStorage(own) || ObjectLocation.IsCloudStorage(workers));
        if (isComparable && own.TrimEnd('/') != workers.TrimEnd('/'))
        {
            throw new WorkerRefusedException($"Its Checkpoints:Location ('{workers}') is not that of the Coordinator ('{own}'), which could neither hand out its models nor delete its checkpoints; give both the same.");
        }
    }
}
