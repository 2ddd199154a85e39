namespace CloudSweep.StorageEmulator.Http;

/// <summary>Every request since the start, in the order in which they came.</summary>
internal sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<RecordedRequest> _requests = [];
    private int _cleared;

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
            _cleared += _requests.Count;
            _requests.Clear();
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
            _requests.Add(entry);
            return _cleared + _requests.Count - 1;
        }
    }

    private void SetStatus(int number, int status)
    {
        lock (_gate)
        {
            if (number - _cleared is >= 0 and var index)
            {
                _requests[index] = _requests[index] with { Status = status };
            }
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
