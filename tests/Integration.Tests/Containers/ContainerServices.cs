using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.CloudStorage;
using CloudSweep.TestSupport.Containers;
using CloudSweep.TestSupport.PubSub;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>A network of containers with both emulators on it, and credentials for a Coordinator there. Started at the first use.</summary>
public sealed class ContainerServices : IAsyncDisposable
{
    private INetwork? _network;
    private CloudServices? _cloud;
    private Credentials? _credentials;

    public INetwork Network => _network ?? throw NotStarted();

    /// <summary>The emulators: on the network as <c>pubsub</c> and <c>storage</c>, and on this machine's loopback.</summary>
    public CloudServices Cloud => _cloud ?? throw NotStarted();

    internal Credentials Credentials => _credentials ?? throw NotStarted();

    /// <summary>Starts what is missing. Skips the test where there is no Docker engine, or it lacks the images.</summary>
    public async Task StartAsync()
    {
        if (_cloud is null)
        {
            if (!await CloudSweepImage.AreAllThereAsync())
            {
                RequiredTools.Skip(CloudSweepImage.Missing);
            }

            _credentials = await Credentials.CreateAsync();
            _network = new NetworkBuilder().WithName($"cloudsweep-test-{Guid.NewGuid():N}").Build();
            await _network.CreateAsync(TestContext.Current.CancellationToken);
            _cloud = new CloudServices(new TrainingData(), PubSubEmulator.On(_network), data => CloudStorageEmulator.On(_network, data));
        }

        await _cloud.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }

        if (_network is not null)
        {
            await _network.DisposeAsync();
        }

        _credentials?.Dispose();
    }

    private static InvalidOperationException NotStarted() => new("The containers were not started.");
}
