using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.StorageEmulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class BucketAdministrationTests : IAsyncLifetime
{
    private StorageEmulatorServer _server = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private BucketAdministration Administration => _services.GetRequiredService<BucketAdministration>();

    private IObjectStore Bucket => _services.GetRequiredService<ObjectStores>().Open(ObjectLocation.TryParse("gs://new-bucket")!);

    public async ValueTask InitializeAsync()
    {
        _server = await StorageEmulatorServer.StartAsync(None);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("STORAGE_EMULATOR_HOST", _server.Address.ToString())]).Build();
        _services = new ServiceCollection().AddLogging().AddGoogleCloudStorage(configuration).AddBucketAdministration().BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Create_MissingBucket_CanBeWritten()
    {
        Assert.True(BucketAdministration.IsMissing(await Assert.ThrowsAsync<StorageException>(() => Bucket.ListAsync("", None).AnyAsync(None).AsTask())));

        await Administration.CreateAsync("new-bucket", "project", None);

        await Bucket.WriteAsync("a", (_, _) => Task.CompletedTask, WriteCondition.IsAbsent, None);
        Assert.Equal("a", (await Bucket.FindAsync("a", None))!.Name);
    }

    [Fact]
    public async Task Create_BucketThatIsThere_KeepsIt()
    {
        _server.Put("new-bucket", "a", [1]);

        await Administration.CreateAsync("new-bucket", "project", None);

        Assert.NotNull(await Bucket.FindAsync("a", None));
    }
}
