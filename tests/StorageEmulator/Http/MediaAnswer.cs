using System.IO.Compression;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>Writes an object's bytes: all, a range, or decompressed on the way.</summary>
internal static class MediaAnswer
{
    private const int PieceBytes = 1 << 18;

    public static async Task WriteAsync(HttpContext context, EmulatedObject item)
    {
        SetHeaders(context.Response, item);
        if (item.Stored.ContentEncoding == "gzip" && !context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await WriteDecompressedAsync(context, item);
            return;
        }

        if (item.Stored.ContentEncoding is { } encoding)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        var size = item.Content.Length;
        var (offset, length) = (0L, size);
        if (ByteRange.Parse(context.Request.Headers.Range) is { } range)
        {
            if (range.In(size) is not { } part)
            {
                context.Response.Headers.ContentRange = $"bytes */{size}";
                throw new ServiceException(StatusCodes.Status416RangeNotSatisfiable, "requestedRangeNotSatisfiable", "Request range not satisfiable");
            }

            (offset, length) = part;
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {offset}-{offset + length - 1}/{size}";
        }

        context.Response.ContentLength = length;
        await CopyAsync(context, item.Content, offset, length);
    }

    private static void SetHeaders(HttpResponse response, EmulatedObject item)
    {
        response.ContentType = item.ContentType;
        response.Headers.ETag = $"\"{ResourceJson.ETagOf(item)}\"";
        response.Headers.AcceptRanges = "bytes";
        response.Headers["x-goog-generation"] = ResourceJson.Text(item.Generation);
        response.Headers["x-goog-metageneration"] = ResourceJson.Text(EmulatedObject.Metageneration);
        response.Headers["x-goog-stored-content-length"] = ResourceJson.Text(item.Content.Length);
        response.Headers["x-goog-stored-content-encoding"] = item.Stored.ContentEncoding ?? "identity";
        response.Headers["x-goog-storage-class"] = "STANDARD";

        // Of all stored bytes, also where a range or the decompressed bytes are sent.
        response.Headers.Append("x-goog-hash", $"crc32c={item.Content.Hashes.Crc32C}");
        if (item.Stored.ComponentCount is null)
        {
            response.Headers.Append("x-goog-hash", $"md5={item.Content.Hashes.Md5}");
        }
    }

    private static async Task WriteDecompressedAsync(HttpContext context, EmulatedObject item)
    {
        context.Response.Headers.Warning = "214 UploadServer gunzipped";
        context.Response.Headers.AcceptRanges = "none";
        await using var decompressed = new GZipStream(new MemoryStream(item.Content.ToArray()), CompressionMode.Decompress);
        await decompressed.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task CopyAsync(HttpContext context, ObjectContent content, long offset, long length)
    {
        var writer = context.Response.BodyWriter;
        for (var end = offset + length; offset < end;)
        {
            var count = content.Read(offset, writer.GetSpan(PieceBytes)[..(int)Math.Min(PieceBytes, end - offset)]);
            if (count == 0)
            {
                throw new IOException($"A file of --data ended at byte {offset} instead of {end}: it must not be changed while it is served.");
            }

            writer.Advance(count);
            offset += count;
            await writer.FlushAsync(context.RequestAborted);
        }
    }
}
