using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Http;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Uploads;

/// <summary>What a client says of an object that it uploads: the query's <c>name</c> and the JSON document.</summary>
/// <param name="Name">Name of the object.</param>
/// <param name="ContentType">Null when not told.</param>
/// <param name="ContentEncoding">Null when not told.</param>
/// <param name="Crc32C">Declared hash, base64; null when not told.</param>
/// <param name="Md5">Declared hash, base64; null when not told.</param>
/// <param name="Metadata">The user's own keys.</param>
internal sealed record UploadMetadata(
    string Name,
    string? ContentType,
    string? ContentEncoding,
    string? Crc32C,
    string? Md5,
    IReadOnlyDictionary<string, string>? Metadata)
{
    /// <exception cref="ServiceException">The document is no JSON object, or no name is told.</exception>
    public static async Task<UploadMetadata> ReadAsync(HttpRequest request, Stream? document, CancellationToken cancellationToken)
    {
        var json = document is null ? [] : await JsonBody.ReadAsync(document, cancellationToken);
        return new UploadMetadata(
            request.Query.Text("name") ?? json.Text("name") ?? throw ServiceException.Invalid("Required: the object's name, as 'name' in the query or in the metadata."),
            json.Text("contentType"),
            json.Text("contentEncoding") ?? request.Query.Text("contentEncoding"),
            json.Text("crc32c"),
            json.Text("md5Hash"),
            (json["metadata"] as JsonObject)?.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal));
    }

    /// <summary>Adds the hashes of <c>X-Goog-Hash: crc32c=…,md5=…</c>, which may come with the last bytes.</summary>
    public UploadMetadata WithHashesOf(HttpRequest request)
    {
        var hashes = request.Headers["x-goog-hash"].ToString().Split(',', StringSplitOptions.TrimEntries);
        return this with { Crc32C = Declared(hashes, "crc32c=") ?? Crc32C, Md5 = Declared(hashes, "md5=") ?? Md5 };
    }

    /// <exception cref="ServiceException">The bytes don't have the declared hashes.</exception>
    public NewObject WithContent(ObjectContent content)
    {
        Check("CRC32C", Crc32C, content.Hashes.Crc32C);
        Check("MD5", Md5, content.Hashes.Md5);
        return new NewObject(Name, content, ContentType, ContentEncoding, Metadata);
    }

    private static void Check(string hash, string? declared, string computed)
    {
        if (declared is not null && declared != computed)
        {
            throw ServiceException.Invalid($"Provided {hash} \"{declared}\" doesn't match calculated {hash} \"{computed}\".");
        }
    }

    private static string? Declared(string[] hashes, string prefix) =>
        hashes.FirstOrDefault(hash => hash.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
}
