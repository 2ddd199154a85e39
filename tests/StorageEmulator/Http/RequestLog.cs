namespace CloudSweep.StorageEmulator.Http;

/// <summary>The requests since the start, in the order in which they came. Of very many the older half is forgotten.</summary>
internal sealed class RequestLog
{
    private const int MaxRequests = 200_000;

    private readonly Lock _gate = new();
    private readonly List<RecordedRequest> _requests = [];
    private int _forgotten;

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            ForgetNeedsLock(_requests.Count);
        }
    }

    /// <summary>Records a request when it comes, and its status once the answer starts.</summary>
    public void Record(HttpContext context)
    {
        var request = context.Request;
        var entry = new RecordedRequest(
            request.Method,
            ObjectPath.RawPathOf(context),
            request.QueryString.Value ?? "",
            ObjectPath.Of(context).Name,
            NullIfEmpty(request.Headers.Range),
            NullIfEmpty(request.Headers.ContentRange),
            Status: 0);
        var number = Add(entry);
        context.Response.OnStarting(() =>
        {
            SetStatus(number, context.Response.StatusCode);
            return Task.CompletedTask;
        });
    }

    private int Add(RecordedRequest entry)
    {
        lock (_gate)
        {
            if (_requests.Count == MaxRequests)
            {
                ForgetNeedsLock(MaxRequests / 2);
            }

            _requests.Add(entry);
            return _forgotten + _requests.Count - 1;
        }
    }

    private void ForgetNeedsLock(int count)
    {
        _requests.RemoveRange(0, count);
        _forgotten += count;
    }

    private void SetStatus(int number, int status)
    {
        lock (_gate)
        {
            if (number - _forgotten is >= 0 and var index)
            {
                _requests[index] = _requests[index] with { Status = status };
            }
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
