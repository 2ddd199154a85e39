using System.Globalization;
using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>Buckets and objects as the JSON API shows them; 64-bit numbers are strings there.</summary>
internal static class ResourceJson
{
    public static JsonObject Of(Bucket bucket, string baseUrl) => new()
    {
        ["kind"] = "storage#bucket",
        ["id"] = bucket.Name,
        ["name"] = bucket.Name,
        ["selfLink"] = $"{baseUrl}/storage/v1/b/{bucket.Name}",
        ["location"] = "US",
        ["storageClass"] = "STANDARD",
        ["metageneration"] = "1",
        ["timeCreated"] = Text(bucket.Created),
        ["updated"] = Text(bucket.Created),
    };

    public static JsonObject Of(EmulatedObject item, string baseUrl)
    {
        var path = $"storage/v1/b/{item.Bucket}/o/{Uri.EscapeDataString(item.Name)}";
        var json = new JsonObject
        {
            ["kind"] = "storage#object",
            ["id"] = $"{item.Bucket}/{item.Name}/{item.Generation}",
            ["selfLink"] = $"{baseUrl}/{path}",
            ["mediaLink"] = $"{baseUrl}/download/{path}?generation={item.Generation}&alt=media",
            ["name"] = item.Name,
            ["bucket"] = item.Bucket,
            ["generation"] = Text(item.Generation),
            ["metageneration"] = Text(EmulatedObject.Metageneration),
            ["contentType"] = item.ContentType,
            ["storageClass"] = "STANDARD",
            ["size"] = Text(item.Content.Length),
            ["crc32c"] = item.Content.Hashes.Crc32C,
            ["etag"] = ETagOf(item),
            ["timeCreated"] = Text(item.Created),
            ["updated"] = Text(item.Created),
        };
        if (item.Stored.ComponentCount is { } components)
        {
            json["componentCount"] = components;
        }
        else
        {
            json["md5Hash"] = item.Content.Hashes.Md5;
        }

        if (item.Stored.ContentEncoding is { } encoding)
        {
            json["contentEncoding"] = encoding;
        }

        if (item.Stored.Metadata is { Count: > 0 } metadata)
        {
            json["metadata"] = new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        return json;
    }

    public static JsonObject Of(ServiceException error) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = error.Status,
            ["message"] = error.Message,
            ["errors"] = new JsonArray(new JsonObject { ["domain"] = "global", ["reason"] = error.Reason, ["message"] = error.Message }),
        },
    };

    public static string ETagOf(EmulatedObject item) => $"G{item.Generation:x}";

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
