using System.Collections.Concurrent;
using CloudSweep.StorageEmulator.Http;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Uploads;

/// <summary>Resumable uploads: a session is started, chunks are put, its status is asked, it is finished or given up.</summary>
internal sealed class ResumableEndpoint(BucketTable buckets)
{
    private const int StatusClientClosedRequest = 499;

    // A session that was given up stays as null, so that it is told from one that never was.
    private readonly ConcurrentDictionary<string, ResumableUpload?> _sessions = new(StringComparer.Ordinal);

    public async Task StartAsync(HttpContext context, string bucket)
    {
        var request = context.Request;
        var metadata = await UploadMetadata.ReadAsync(request, request.Body, context.RequestAborted);
        var preconditions = Preconditions.From(request.Query);
        preconditions.CheckWrite(buckets.Find(bucket, metadata.Name));
        if (metadata.ContentType is null && request.Headers["x-upload-content-type"].ToString() is { Length: > 0 } contentType)
        {
            metadata = metadata with { ContentType = contentType };
        }

        var id = Guid.NewGuid().ToString("n");
        _sessions[id] = new ResumableUpload(bucket, metadata, preconditions);
        context.Response.Headers["x-guploader-uploadid"] = id;
        context.Response.Headers.Location =
            $"{request.BaseUrl()}/upload/storage/v1/b/{bucket}/o?uploadType=resumable&name={Uri.EscapeDataString(metadata.Name)}&upload_id={id}";
        context.Response.ContentLength = 0;
    }

    public async Task PutAsync(HttpContext context)
    {
        var upload = Find(context);
        await upload.Turn.WaitAsync(context.RequestAborted);
        try
        {
            var range = ContentRange.Parse(context.Request.Headers.ContentRange);
            if (upload.Finished is null && range.Start is { } start)
            {
                await AppendAsync(context, upload, range, start);
            }

            if (upload.Finished is null && (upload.StoredBytes == range.Total || range.EndsWithTheRequest))
            {
                upload.Finish(buckets, context.Request);
            }

            await AnswerAsync(context, upload);
        }
        finally
        {
            upload.Turn.Release();
        }
    }

    public Task Cancel(HttpContext context)
    {
        Find(context);
        _sessions[IdOf(context)] = null;
        context.Response.StatusCode = StatusClientClosedRequest;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static async Task AppendAsync(HttpContext context, ResumableUpload upload, ContentRange range, long start)
    {
        if (start > upload.StoredBytes)
        {
            throw ServiceException.Invalid($"Invalid request. The request starts at byte {start}, but {upload.StoredBytes} bytes are stored: ask for the status first.");
        }

        var isLast = range.EndsWithTheRequest || range.End + 1 == range.Total || (range.End is null && range.Total is not null);
        var received = await upload.AppendAsync(context.Request.Body, upload.StoredBytes - start, isLast, context.RequestAborted);
        if (!isLast && received < ResumableUpload.Quantum)
        {
            throw ServiceException.Invalid(
                $"Invalid request. The number of bytes uploaded is required to be equal or greater than {ResumableUpload.Quantum}, except for the final request. "
                + $"The received request contained {received} bytes, which does not meet this requirement.");
        }

        if ((range.End + 1 - start ?? received) != received || start + received > (range.Total ?? long.MaxValue))
        {
            throw ServiceException.Invalid($"Invalid request. The request contained {received} bytes, but its Content-Range says otherwise: {context.Request.Headers.ContentRange}.");
        }
    }

    private static Task AnswerAsync(HttpContext context, ResumableUpload upload)
    {
        if (upload.Finished is { } finished)
        {
            return context.Response.WriteJsonAsync(StatusCodes.Status200OK, ResourceJson.Of(finished, context.Request.BaseUrl()));
        }

        if (upload.StoredBytes > 0)
        {
            context.Response.Headers.Range = $"bytes=0-{upload.StoredBytes - 1}";
        }

        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private ResumableUpload Find(HttpContext context) => _sessions.TryGetValue(IdOf(context), out var upload)
        ? upload ?? throw new ServiceException(StatusCodes.Status410Gone, "gone", "The upload was given up.")
        : throw new ServiceException(StatusCodes.Status404NotFound, "notFound", "There is no such upload.");

    private static string IdOf(HttpContext context) => context.Request.Query["upload_id"].ToString();
}
