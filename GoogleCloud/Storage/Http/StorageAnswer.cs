using System.Net;
using System.Text;
using System.Text.Json;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>Reads answers of the service that are no success.</summary>
internal static class StorageAnswer
{
    private const int LongestBodyBytes = 64 * 1024;
    private const int LongestReason = 300;

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(5);

    public static async Task<FailedRequestException> ReadFailureAsync(HttpResponseMessage response, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var reason = await ReadReasonAsync(response, cancellationToken);
        return new FailedRequestException($"HTTP status {(int)response.StatusCode}{(reason.Length > 0 ? $" ({reason})" : "")}")
        {
            Status = response.StatusCode,
            IsTransient = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
            MayHaveSucceeded = response.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError,
            RetryAfter = ReadRetryAfter(response, timeProvider),
        };
    }

    private static TimeSpan? ReadRetryAfter(HttpResponseMessage response, TimeProvider timeProvider)
    {
        var wanted = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - timeProvider.GetUtcNow();
        return wanted > LongestRetryAfter ? LongestRetryAfter : wanted;
    }

    private static async Task<string> ReadReasonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = new byte[LongestBodyBytes];
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            return Shorten(FindMessage(body.AsMemory(0, length)) ?? response.ReasonPhrase ?? "");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return response.ReasonPhrase ?? "";
        }
    }

    /// <summary>
    /// Google's <c>error.message</c>, or the text that requests for bytes are answered with, whatever type it is said to have.
    /// Other servers have error pages, or JSON of another shape; those say nothing here.
    /// </summary>
    private static string? FindMessage(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span).Trim();
        if (text.Length > 0 && text[0] is not ('{' or '[' or '<'))
        {
            return text;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.String
                ? message.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shorten(string reason)
    {
        var line = reason.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return line.Length <= LongestReason ? line : string.Concat(line.AsSpan(0, LongestReason), "…");
    }
}
