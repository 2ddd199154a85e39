using CloudSweep.StorageEmulator.Http;
using CloudSweep.StorageEmulator.Objects;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CloudSweep.StorageEmulator.Uploads;

/// <summary>Simple, multipart and resumable uploads.</summary>
internal sealed class UploadEndpoints(BucketTable buckets, ResumableEndpoint resumable)
{
    private const string Path = "/upload/storage/v1/b/{bucket}/o";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, StartAsync);
        routes.MapPut(Path, resumable.PutAsync);
        routes.MapDelete(Path, resumable.Cancel);
    }

    private Task StartAsync(HttpContext context)
    {
        var bucket = ObjectPath.Of(context).Bucket!;
        buckets.Get(bucket);
        return context.Request.Query["uploadType"].ToString() switch
        {
            "media" => StoreSimpleAsync(context, bucket),
            "multipart" => StoreMultipartAsync(context, bucket),
            "resumable" => resumable.StartAsync(context, bucket),
            var other => throw ServiceException.Invalid($"Invalid uploadType '{other}': media, multipart and resumable are known."),
        };
    }

    private async Task StoreSimpleAsync(HttpContext context, string bucket)
    {
        var metadata = await UploadMetadata.ReadAsync(context.Request, document: null, context.RequestAborted);
        await StoreAsync(context, bucket, metadata with { ContentType = context.Request.ContentType }, context.Request.Body);
    }

    private async Task StoreMultipartAsync(HttpContext context, string bucket)
    {
        var boundary = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString() : "";
        if (boundary.Length == 0)
        {
            throw ServiceException.Invalid("A multipart upload needs Content-Type: multipart/related; boundary=….");
        }

        var reader = new MultipartReader(boundary, context.Request.Body);
        var document = await reader.ReadNextSectionAsync(context.RequestAborted) ?? throw MissingPart();
        var metadata = await UploadMetadata.ReadAsync(context.Request, document.Body, context.RequestAborted);
        var media = await reader.ReadNextSectionAsync(context.RequestAborted) ?? throw MissingPart();
        await StoreAsync(context, bucket, metadata with { ContentType = metadata.ContentType ?? media.ContentType }, media.Body);
    }

    private async Task StoreAsync(HttpContext context, string bucket, UploadMetadata metadata, Stream body)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, context.RequestAborted);
        var stored = metadata.WithHashesOf(context.Request).WithContent(new MemoryContent(bytes.ToArray()));
        var item = buckets.Put(bucket, stored, Preconditions.From(context.Request.Query));
        await context.Response.WriteJsonAsync(StatusCodes.Status200OK, ResourceJson.Of(item, context.Request.BaseUrl()));
    }

    private static ServiceException MissingPart() => ServiceException.Invalid("A multipart upload needs two parts: the metadata as JSON, and the bytes.");
}
