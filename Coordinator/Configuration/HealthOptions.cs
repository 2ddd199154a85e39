namespace CloudSweep.Coordinator.Configuration;

/// <summary>A listener that answers <c>grpc.health.v1</c> and nothing else.</summary>
public sealed class HealthOptions
{
    /// <summary><c>http://address:port</c>, open to anyone who can reach it: it tells whether the Coordinator serves. Default: empty, no such listener.</summary>
    public string Listen { get; init; } = "";
}
