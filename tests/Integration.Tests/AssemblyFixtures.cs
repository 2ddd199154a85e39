using CloudSweep.Integration.Tests.Cluster;

[assembly: AssemblyFixture(typeof(CloudServices))]

// Each test runs several processes that train; side by side they would only wait for each other and for their leases.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
