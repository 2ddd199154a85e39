using System.Net;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>One request has failed. Never leaves the store: the call behind it tries again or fails with one answer for all its requests.</summary>
internal sealed class FailedRequestException(string cause, Exception? inner = null) : Exception(cause, inner)
{
    /// <summary>Set when the service has answered.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The same request may succeed later.</summary>
    public bool IsTransient { get; init; } = true;

    /// <summary>The service may have done what was asked, and only its answer is missing.</summary>
    public bool MayHaveSucceeded { get; init; } = true;

    /// <summary>Neither a later request nor more of them can save this call; the whole call may be made again.</summary>
    public bool EndsCall { get; init; }

    /// <summary>What to do about it, where the status doesn't say; null where it does.</summary>
    public string? WayOut { get; init; }

    /// <summary>How long the service asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
