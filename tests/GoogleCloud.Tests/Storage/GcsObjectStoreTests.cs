using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.StorageEmulator.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class GcsObjectStoreTests : GcsStorageTests
{
    [Fact]
    public async Task List_PageFails_AsksForThatPageAgain()
    {
        for (var number = 0; number < 120; number++)
        {
            Server.Put(BucketOnEmulator.Bucket, $"s/{number:D3}", []);
        }

        Strike(new FaultEffect.Status(503), "GET", first: 2);

        var names = await Open(SmallPieces).ListAsync("s/", None).Select(version => version.Name).ToListAsync(None);

        Assert.Equal(Enumerable.Range(0, 120).Select(number => $"s/{number:D3}"), names);
        Assert.Equal(4, Requests.Length);
    }

    [Fact]
    public async Task Find_AnswerBreaksOff_IsAskedAgain()
    {
        Server.Put(BucketOnEmulator.Bucket, "a", [1]);
        Strike(new FaultEffect.Cut(10), "GET");

        Assert.NotNull(await Open(SmallPieces).FindAsync("a", None));
        Assert.Equal(2, Requests.Length);
    }

    [Fact]
    public async Task Delete_AnswerLost_IsDone()
    {
        Server.Put(BucketOnEmulator.Bucket, "a", [1]);
        Strike(new FaultEffect.LoseAnswer(), "DELETE");

        await Open(SmallPieces).DeleteAsync("a", None);

        Assert.Null(Server.Find(BucketOnEmulator.Bucket, "a"));
        Assert.Equal(2, Requests.Length);
    }

    [Fact]
    public async Task AnyCall_BucketMissing_SaysWhichAndWhereItIsSet()
    {
        var store = Open(SmallPieces, bucket: "missing");
        Func<Task>[] calls =
        [
            async () => await store.ListAsync("", None).ToListAsync(None),
            () => store.FindAsync("a", None),
            () => store.OpenAsync(new StoredObject("a", 1, "1", null), None),
            () => WriteAsync(store, [1]),
            () => store.DeleteAsync("a", None),
        ];

        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<StorageException>(call);

            Assert.StartsWith("gs://missing/", exception.Message, StringComparison.Ordinal);
            Assert.Contains("Check the bucket's name 'missing' where it is set", exception.Message, StringComparison.Ordinal);
            Assert.False(exception.IsTransient);
        }

        Assert.Equal(calls.Length, Requests.Length);
    }

    [Fact]
    public async Task AnyCall_NobodyListens_FailsWithOneError()
    {
        var store = Open(SmallPieces);
        await Server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<StorageException>(() => store.FindAsync("a", None));

        Assert.Contains("after 3 attempts: no emulator answers at http://", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.IsTransient);
    }

    [Fact]
    public async Task Write_Report_HasATypeThatABrowserShows()
    {
        await Open(SmallPieces).WriteAsync("report.html", (stream, token) => stream.WriteAsync(new byte[10], token).AsTask(), WriteCondition.None, None);

        using var http = new HttpClient();
        var resource = await http.GetStringAsync(new Uri(Server.Address, "storage/v1/b/bucket/o/report.html"), None);

        Assert.Contains("text/html", resource, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddGoogleCloudStorage_EmulatorHost_OpensItsBuckets()
    {
        Server.Put(BucketOnEmulator.Bucket, "a", [1, 2, 3]);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("STORAGE_EMULATOR_HOST", Server.Address.Authority), new("CloudStorage:MaxAttempts", "2")]).Build();

        // A process may host a Coordinator and a Worker, and each registers what it needs.
        await using var services = new ServiceCollection().AddGoogleCloudStorage(configuration).AddGoogleCloudStorage(configuration).BuildServiceProvider();

        var store = services.GetRequiredService<ObjectStores>().Open(ObjectLocation.TryParse("gs://bucket/a")!);

        Assert.Equal(3, (await store.FindAsync("a", None))!.SizeBytes);
    }
}
