using CloudSweep.StorageEmulator.Objects;
using Microsoft.AspNetCore.Http.Features;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>Bucket and object of a request's path <c>…/b/BUCKET/o/OBJECT…</c>.</summary>
/// <param name="Bucket">Null where the path names none.</param>
/// <param name="Name">Null where neither the path nor the query <c>name=</c> of an upload names an object.</param>
internal sealed record ObjectPath(string? Bucket, string? Name)
{
    /// <summary>
    /// Reads the path as it was sent: the server's own decoding keeps <c>%2F</c> and so can't tell an encoded '/' from an encoded "%2F".
    /// </summary>
    public static ObjectPath Of(HttpContext context)
    {
        var segments = RawPathOf(context).Split('/');
        var bucket = Array.IndexOf(segments, "b") + 1;
        return bucket == 0 || bucket == segments.Length
            ? new ObjectPath(null, null)
            : new ObjectPath(Uri.UnescapeDataString(segments[bucket]), NameAfter(segments.AsSpan(bucket + 1)) ?? context.Request.Query.Text("name"));
    }

    public static string RawPathOf(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];

    private static string? NameAfter(ReadOnlySpan<string> segments) =>
        segments is ["o", { Length: > 0 } name, ..] ? Uri.UnescapeDataString(name) : null;
}
