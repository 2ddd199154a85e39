using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Integration.Tests.EndToEnd;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>Hosts and emulators as containers on a network of their own.</summary>
[Trait("Category", "Container")]
public sealed class ContainerSweepTests(ContainerServices containers) : BitIdentityTests
{
    private protected override async Task<SweepCluster> CreateAsync() => await ContainerCluster.CreateAsync(containers);
}
