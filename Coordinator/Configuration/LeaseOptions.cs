using System.ComponentModel.DataAnnotations;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>How long a Worker may hold a job without being heard from.</summary>
public sealed class LeaseOptions
{
    public const string SectionName = "Leases";

    /// <summary>Time a lease lasts after it is granted or renewed. Default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two searches for expired leases. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ReapInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>This process is the only one there is: leases found at start are dead and are queued again at once. Default: false.</summary>
    public bool RequeueOnStart { get; init; }
}
