using CloudSweep.Integration.Tests.Cluster;

namespace CloudSweep.Integration.Tests.EndToEnd;

/// <summary>Hosts as processes.</summary>
[Trait("Category", "Emulator")]
public sealed class ProcessSweepTests(CloudServices services) : BitIdentityTests
{
    private protected override Task<SweepCluster> CreateAsync() => Task.FromResult<SweepCluster>(new ProcessCluster(services));
}
