using System.Text.Json;
using CloudSweep.TestSupport.Containers;

namespace CloudSweep.Integration.Tests.Images;

/// <summary>What the images of this repository are, read once for all tests.</summary>
public sealed class OurImages
{
    private readonly Dictionary<string, JsonElement> _inspected = [];

    public static string[] Names => ["coordinator", "worker", "cli", "storage-emulator"];

    internal IReadOnlyList<SavedFile> Files { get; private set; } = [];

    /// <summary>The part <c>Config</c> of what the engine tells of an image.</summary>
    public JsonElement ConfigOf(string name) => _inspected[name].GetProperty("Config");

    /// <summary>Reads them at the first call. Skips the test where they are not there.</summary>
    public async Task ReadAsync()
    {
        if (Files.Count > 0)
        {
            return;
        }

        await Docker.RequireAsync(Names);
        foreach (var name in Names)
        {
            _inspected[name] = JsonDocument.Parse(await Docker.RunAsync("image", "inspect", CloudSweepImage.Of(name))).RootElement[0];
        }

        // What all of them have is of the base image.
        var common = Names.Select(LayersOf).Aggregate((left, right) => [.. left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)]);
        Files = await Docker.ReadAsync(archive => SavedImages.ReadAsync(archive, common.Length), ["save", .. Names.Select(CloudSweepImage.Of)]);
    }

    private string[] LayersOf(string name) => [.. _inspected[name].GetProperty("RootFS").GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!)];
}
