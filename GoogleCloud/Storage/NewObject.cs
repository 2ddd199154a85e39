namespace CloudSweep.GoogleCloud.Storage;

/// <summary>What is told about an object before its bytes.</summary>
/// <param name="Name">Its name in the bucket.</param>
/// <param name="ContentType">So that a browser shows a report instead of saving it.</param>
/// <param name="Crc32c">Base64; the service refuses other bytes. Null when it is not known yet.</param>
internal sealed record NewObject(string Name, string ContentType, string? Crc32c)
{
    public static NewObject Of(string name, uint? crc) => new(name, ContentTypeOf(name), crc is { } known ? Crc32C.ToBase64(known) : null);

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".json" => "application/json",
        ".csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    };
}
