namespace CloudSweep.Worker.Health;

/// <summary>Where a Worker tells whether it is well.</summary>
public sealed class HealthOptions
{
    public const string SectionName = "Health";

    /// <summary><c>http://address:port</c> that answers grpc.health.v1, with an IP address or <c>*</c> for all; anyone may ask, and nothing else is served. Default: none.</summary>
    public string Listen { get; init; } = "";
}
