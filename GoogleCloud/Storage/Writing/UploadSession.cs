using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage.Http;

namespace CloudSweep.GoogleCloud.Storage.Writing;

/// <summary>An upload that takes several requests. Its URI lets anyone who has it write the object: it is never shown.</summary>
internal sealed class UploadSession
{
    private readonly StorageClient _client;
    private readonly Uri _uri;

    /// <summary>Bytes of the object that the service has for certain.</summary>
    private long _storedBytes;

    private UploadSession(StorageClient client, Uri uri)
    {
        _client = client;
        _uri = uri;
    }

    /// <exception cref="FailedRequestException">The service has not opened one.</exception>
    public static Task<UploadSession> StartAsync(
        StorageClient client, StorageRequests requests, NewObject description, bool mustBeAbsent, CancellationToken cancellationToken) => client.TryAsync(
        async idle =>
        {
            using var response = await client.SendAsync(() => requests.StartSession(description, mustBeAbsent), idle);
            return response.Headers.Location is { } location
                ? new UploadSession(client, new Uri(client.Address, location))
                : throw new FailedRequestException("the service has opened an upload session without telling its address");
        },
        cancellationToken);

    /// <summary>Sends the bytes that follow those stored so far. After a failed request it asks what has arrived and sends only the rest.</summary>
    /// <param name="chunk">The bytes.</param>
    /// <param name="totalBytes">Size of the object when these are its last bytes; null when others follow.</param>
    /// <param name="attempts">Counts the requests.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The object after its last bytes, else null.</returns>
    public async Task<StoredObject?> SendAsync(ReadOnlyMemory<byte> chunk, long? totalBytes, Attempts attempts, CancellationToken cancellationToken)
    {
        var start = _storedBytes;
        var reached = start;
        var mustAsk = false;
        while (true)
        {
            var before = _storedBytes;
            try
            {
                attempts.Begin();
                var rest = mustAsk ? default : chunk[(int)(_storedBytes - start)..];
                var stored = await _client.TryAsync(idle => PutAsync(rest, totalBytes, start, chunk.Length, idle), cancellationToken);
                if (stored is not null || (totalBytes is null && _storedBytes == start + chunk.Length))
                {
                    return stored;
                }

                if (!mustAsk && _storedBytes == before)
                {
                    throw new FailedRequestException("the service has stored nothing of a chunk");
                }

                // With all bytes stored and the object still open, the next request is empty and closes it.
                mustAsk = false;
            }
            catch (FailedRequestException failure)
            {
                failure = failure.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone ? Lost("the upload session is gone", failure) : failure;
                await attempts.RecoverAsync(failure, _storedBytes, hasProgressed: _storedBytes > reached, cancellationToken);
                reached = _storedBytes;
                mustAsk = true;
            }
        }
    }

    /// <summary>Ends it without an object.</summary>
    public async Task AbandonAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.TryAsync(
                async idle =>
                {
                    using var response = await _client.SendToSessionAsync(() => new HttpRequestMessage(HttpMethod.Delete, _uri), idle);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is FailedRequestException or OperationCanceledException)
        {
            // The service answers 499, and forgets unfinished sessions by itself.
        }
    }

    private async Task<StoredObject?> PutAsync(ReadOnlyMemory<byte> bytes, long? totalBytes, long start, int length, IdleTimeout idle)
    {
        using var response = await _client.SendToSessionAsync(() => CreatePut(bytes, totalBytes, idle), idle);
        if (response.StatusCode != HttpStatusCode.PermanentRedirect)
        {
            return await StorageClient.ReadObjectAsync(response, idle);
        }

        var stored = ReadStoredBytes(response);
        _storedBytes = stored >= start && stored <= start + length
            ? stored
            : throw Lost(string.Create(CultureInfo.InvariantCulture, $"the upload session has {stored} bytes, and only bytes {start} to {start + length} are still here"));
        return null;
    }

    private static FailedRequestException Lost(string cause, Exception? inner = null) => new(cause, inner) { EndsCall = true, WayOut = "Write the object again." };

    private HttpRequestMessage CreatePut(ReadOnlyMemory<byte> bytes, long? totalBytes, IdleTimeout idle)
    {
        var total = totalBytes?.ToString(CultureInfo.InvariantCulture) ?? "*";
        var range = bytes.IsEmpty
            ? $"bytes */{total}"
            : string.Create(CultureInfo.InvariantCulture, $"bytes {_storedBytes}-{_storedBytes + bytes.Length - 1}/{total}");
        var request = new HttpRequestMessage(HttpMethod.Put, _uri) { Content = new WatchedContent(bytes, "application/octet-stream", idle) };
        request.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        return request;
    }

    /// <summary>From <c>Range: bytes=0-N</c>; without it nothing is stored.</summary>
    private static long ReadStoredBytes(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Range", out var values) && RangeHeaderValue.TryParse(string.Join(',', values), out var range)
            ? (range.Ranges.First().To + 1) ?? 0
            : 0;
}
