using System.Text;
using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Core.Tests.Checkpoints;

public sealed class CheckpointStoreTests
{
    private readonly InMemoryObjectStoreProvider _buckets = new(ObjectLocation.CloudStorageScheme);
    private readonly CheckpointStore _store;

    public CheckpointStoreTests() => _store = At("gs://bucket/team/checkpoints");

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gs://bucket/team/checkpoints", "team/checkpoints/s/1/1-2")]
    [InlineData("gs://bucket/team/checkpoints/", "team/checkpoints/s/1/1-2")]
    [InlineData("gs://bucket/", "s/1/1-2")]
    [InlineData("gs://bucket", "s/1/1-2")]
    public async Task Create_NewName_IsBelowTheLocation(string location, string name)
    {
        var sizeBytes = await CreateAsync(At(location), "s/1/1-2", "content");

        Assert.Equal(7, sizeBytes);
        Assert.Equal("content", await ReadAsync(At(location), "s/1/1-2"));
        Assert.NotNull(await _buckets.Open("bucket").FindAsync(name, None));
        Assert.Equal(["s/1/1-2"], await At(location).ListAsync(None));
    }

    [Fact]
    public async Task Create_NameExists_IsRefusedAndKeepsTheFirst()
    {
        await CreateAsync(_store, "s/1/1-2", "first");

        await Assert.ThrowsAsync<ObjectConflictException>(() => CreateAsync(_store, "s/1/1-2", "second"));

        Assert.Equal("first", await ReadAsync(_store, "s/1/1-2"));
    }

    [Fact]
    public async Task Open_Missing_IsNull()
    {
        await CreateAsync(_store, "s/1/1-2", "x");

        Assert.Null(await _store.OpenAsync("s/1/1-3", None));
    }

    [Fact]
    public async Task Open_DeletedJustNow_IsNull()
    {
        var store = new CheckpointStore(new VanishingObjects(), "");

        Assert.Null(await store.OpenAsync("s/1/1-2", None));
    }

    [Fact]
    public async Task List_NeighboursBesideTheLocation_AreLeftOut()
    {
        await CreateAsync(_store, "s/1/1-2", "x");
        await CreateAsync(At("gs://bucket/team/checkpoints-old"), "s/1/1-3", "x");
        await CreateAsync(At("gs://bucket/team"), "s/1/1-4", "x");

        Assert.Equal(["s/1/1-2"], await _store.ListAsync(None));
    }

    [Fact]
    public async Task Delete_ExistingOrNot_IsGone()
    {
        await CreateAsync(_store, "s/1/1-2", "x");

        await _store.DeleteAsync("s/1/1-2", None);
        await _store.DeleteAsync("s/1/1-2", None);

        Assert.Empty(await _store.ListAsync(None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("s/../../outside")]
    [InlineData("s/./1")]
    [InlineData("s//1")]
    [InlineData("s/1/")]
    [InlineData("s/.new-1")]
    [InlineData("s\\1")]
    [InlineData("s/1\n")]
    [InlineData("s/\0")]
    [InlineData("s/a b")]
    [InlineData("s/C:")]
    [InlineData("s/ü")]
    public async Task AnyCall_NameThatIsNone_IsRefused(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => CreateAsync(_store, name, "x"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _store.OpenAsync(name, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _store.DeleteAsync(name, None));

        Assert.Empty(await _store.ListAsync(None));
    }

    [Theory]
    [InlineData("gs://bucket/prefix", true)]
    [InlineData("/folder", true)]
    [InlineData("file:///folder", true)]
    [InlineData("gs://", false)]
    [InlineData("gs://bucket//prefix", false)]
    [InlineData("folder", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsLocation_Text_HasOneOfTheForms(string? text, bool isLocation) => Assert.Equal(isLocation, CheckpointStore.IsLocation(text));

    private CheckpointStore At(string location) => CheckpointStore.At(location, new ObjectStores([_buckets]));

    private static Task<long> CreateAsync(CheckpointStore store, string name, string content) =>
        store.CreateAsync(name, (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(content), token).AsTask(), None);

    private static async Task<string> ReadAsync(CheckpointStore store, string name)
    {
        await using var stream = await store.OpenAsync(name, None);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(None);
    }
}
