using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace CloudSweep.Integration.Tests.Images;

/// <summary>Reads every file of every layer of what <c>docker save</c> writes.</summary>
internal static class SavedImages
{
    private const string Manifest = "manifest.json";

    /// <param name="archive">Of one or more images.</param>
    /// <param name="baseLayers">How many layers at the bottom of each image are not ours.</param>
    public static async Task<IReadOnlyList<SavedFile>> ReadAsync(Stream archive, int baseLayers)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var layers = new Dictionary<string, List<(string Path, string? Secret)>>();
        string[][] images = [];
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.DataStream is null)
            {
                continue;
            }

            using var memory = new MemoryStream();
            await entry.DataStream.CopyToAsync(memory, cancellationToken);
            if (entry.Name == Manifest)
            {
                images = [.. JsonDocument.Parse(memory.ToArray()).RootElement.EnumerateArray().Select(image => image.GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!).ToArray())];
            }
            else if (await TryReadLayerAsync(memory, cancellationToken) is { } files)
            {
                layers[entry.Name] = files;
            }
        }

        var ours = images.SelectMany(image => image.Skip(baseLayers)).ToHashSet();
        Assert.NotEmpty(ours);
        return [.. images.SelectMany(image => image).Distinct().SelectMany(layer => layers[layer].Select(file => new SavedFile(file.Path, ours.Contains(layer), file.Secret)))];
    }

    // Newer engines save layers as blobs beside their descriptions, and may compress them.
    private static async Task<List<(string Path, string? Secret)>?> TryReadLayerAsync(MemoryStream bytes, CancellationToken cancellationToken)
    {
        bytes.Position = 0;
        var isGzip = bytes.Length > 2 && bytes.ReadByte() == 0x1F && bytes.ReadByte() == 0x8B;
        bytes.Position = 0;
        if (!isGzip && (bytes.Length < 512 || bytes.Length % 512 != 0))
        {
            return null;
        }

        await using var content = isGzip ? (Stream)new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        await using var reader = new TarReader(content);
        var files = new List<(string, string?)>();
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } file)
        {
            if (file.DataStream is null)
            {
                files.Add((file.Name, null));
                continue;
            }

            using var memory = new MemoryStream();
            await file.DataStream.CopyToAsync(memory, cancellationToken);
            files.Add((file.Name, SecretText.FindIn(memory.GetBuffer().AsSpan(0, (int)memory.Length))));
        }

        return files;
    }
}
