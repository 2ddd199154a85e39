using CloudSweep.Integration.Tests.Cluster;

namespace CloudSweep.Integration.Tests.EndToEnd;

/// <summary>Hosts as processes, where there can be no containers.</summary>
[Trait("Category", "Emulator")]
public sealed class ProcessSweepTests(CloudServices services) : BitIdentityTests
{
    private protected override async Task<SweepCluster> CreateAsync()
    {
        await ProcessCluster.SkipWhereContainersRunAsync();
        return new ProcessCluster(services);
    }
}
