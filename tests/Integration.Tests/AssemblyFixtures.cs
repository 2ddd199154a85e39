using CloudSweep.Integration.Tests.Chaos;
using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Integration.Tests.Containers;

[assembly: AssemblyFixture(typeof(CloudServices))]
[assembly: AssemblyFixture(typeof(ContainerServices))]
[assembly: AssemblyFixture(typeof(LongSweep))]

// Each test runs several programs that train; side by side they would only wait for each other and for their leases.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
