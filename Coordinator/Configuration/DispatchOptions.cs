using System.ComponentModel.DataAnnotations;

namespace CloudSweep.Coordinator.Configuration;

/// <summary>How Workers are told of queued jobs.</summary>
public sealed class DispatchOptions
{
    public const string SectionName = "Dispatch";

    /// <summary>Most notifications of one round; a queue that holds more than Workers can take only grows old. Default: 64.</summary>
    [Range(1, 10_000)]
    public int Window { get; init; } = 64;

    /// <summary>Time between two rounds when nothing changes. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which a job that is still queued is notified again; doubles up to 64 times as long. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromSeconds(30);
}
