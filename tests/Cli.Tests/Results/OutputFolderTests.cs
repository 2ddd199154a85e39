using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Results;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryObjectStoreProvider _buckets = new(ObjectLocation.CloudStorageScheme);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private OutputFolder Output => new(new ObjectStores([_buckets]));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_Folder_IsWrittenInto()
    {
        await Output.WriteAsync(_folder["out"], WriteTwoFilesAsync, None);

        Assert.Equal("{}", await File.ReadAllTextAsync(_folder["out/results.json"], None));
    }

    [Theory]
    [InlineData("gs://bucket/runs/1", "runs/1/")]
    [InlineData("gs://bucket/runs/1/", "runs/1/")]
    [InlineData("gs://bucket", "")]
    public async Task Write_Bucket_HasEveryFileBelowThePrefix(string location, string prefix)
    {
        string? temporary = null;

        await Output.WriteAsync(location, folder => WriteTwoFilesAsync(temporary = folder), None);

        Assert.Equal([prefix + "batches/1.csv", prefix + "results.json"], await NamesAsync());
        Assert.False(Directory.Exists(temporary));
    }

    [Theory]
    [InlineData("http://host/folder")]
    [InlineData("file:///folder")]
    [InlineData("gs:///folder")]
    public async Task Write_NeitherFolderNorBucket_IsAMistakeAndNothingIsWritten(string location)
    {
        var exception = await Assert.ThrowsAsync<InvalidSettingsException>(() => Output.WriteAsync(location, _ => throw new InvalidOperationException("nothing may be written"), None));

        Assert.Contains($"'{location}'", Assert.Single(exception.Mistakes), StringComparison.Ordinal);
        Assert.Contains("gs://bucket/prefix", exception.Mistakes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_BucketAgain_ReplacesTheFilesAndKeepsOthers()
    {
        await Output.WriteAsync("gs://bucket/a", folder => File.WriteAllTextAsync(Path.Combine(folder, "old.csv"), "old", None), None);
        await Output.WriteAsync("gs://bucket/a", WriteTwoFilesAsync, None);
        await Output.WriteAsync("gs://bucket/a", WriteTwoFilesAsync, None);

        Assert.Equal(["a/batches/1.csv", "a/old.csv", "a/results.json"], await NamesAsync());
    }

    [Fact]
    public async Task Write_WritingFails_UploadsNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Output.WriteAsync(
            "gs://bucket/a",
            async folder =>
            {
                await WriteTwoFilesAsync(folder);
                throw new IOException("no space");
            },
            None));

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Write_NoBucketNamed_TellsTheForm()
    {
        var exception = await Assert.ThrowsAsync<InvalidSettingsException>(() => Output.WriteAsync("gs://", WriteTwoFilesAsync, None));

        Assert.Equal(["'gs://' names no place in a bucket; write it as gs://bucket/prefix."], exception.Mistakes);
    }

    private static async Task WriteTwoFilesAsync(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "batches"));
        await File.WriteAllTextAsync(Path.Combine(folder, "results.json"), "{}", None);
        await File.WriteAllTextAsync(Path.Combine(folder, "batches", "1.csv"), "1", None);
    }

    private async Task<string[]> NamesAsync() => [.. await _buckets.Open("bucket").ListAsync("", None).Select(stored => stored.Name).ToArrayAsync(None)];
}
