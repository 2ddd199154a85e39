using CloudSweep.TestSupport;
using CloudSweep.TestSupport.CloudStorage;

namespace CloudSweep.GoogleCloud.Tests.Emulators;

/// <summary>The storage emulator in whichever form this machine has it.</summary>
[Trait("Category", "Emulator")]
public sealed class CloudStorageEmulatorTests
{
    [Fact]
    public async Task Restart_ObjectsWereUploaded_HasItsDataFolderOnlyAtTheSameAddress()
    {
        using var data = new TemporaryFolder();
        Directory.CreateDirectory(data["bucket/deep"]);
        await File.WriteAllTextAsync(data["bucket/deep/a.csv"], "text", TestContext.Current.CancellationToken);
        await using var emulator = CloudStorageEmulator.Own(data.Root);
        var address = await emulator.RequireAsync();
        var bucket = new EmulatedBucket(address, "bucket");
        await bucket.UploadAsync("b.csv", [1, 2, 3]);
        var before = await bucket.ListAsync("");

        await emulator.RestartAsync();

        Assert.Equal(["b.csv", "deep/a.csv"], before);
        Assert.Equal(["deep/a.csv"], await bucket.ListAsync(""));
        Assert.Equal(address, await emulator.RequireAsync());
    }
}
