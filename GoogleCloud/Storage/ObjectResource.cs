using System.Globalization;
using System.Text.Json;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>One version of an object as the service tells it.</summary>
/// <param name="Name">Its name in the bucket.</param>
/// <param name="Size">Stored bytes.</param>
/// <param name="Generation">Names the version.</param>
/// <param name="Crc32c">Base64.</param>
internal sealed record ObjectResource(string? Name, long? Size, long? Generation, string? Crc32c)
{
    /// <summary>The fields of this type, for requests that need no others.</summary>
    public const string Fields = "name,size,generation,crc32c";

    /// <exception cref="JsonException">A field that every object has is missing.</exception>
    public StoredObject ToStoredObject() => this is { Name: { } name, Size: { } size, Generation: { } generation }
        ? new StoredObject(
            name,
            size,
            generation.ToString(CultureInfo.InvariantCulture),
            Crc32C.FromBase64(Crc32c) is { } crc ? crc.ToString("x8", CultureInfo.InvariantCulture) : null)
        : throw new JsonException("the answer describes an object without name, size or generation");
}
