namespace CloudSweep.Worker.Execution;

/// <summary>
/// News on the way to the Coordinator, in order. Many may add; one sender takes batches and settles each once it is answered.
/// When it is full, adding waits: a Coordinator that is away for long pauses training rather than lose a measurement.
/// </summary>
internal sealed class Outbox : IDisposable
{
    /// <summary>Most news that wait to be sent.</summary>
    public const int Capacity = 8192;

    /// <summary>Most news in one report.</summary>
    public const int BatchSize = 500;

    private readonly Lock _lock = new();
    private readonly Queue<News> _news = [];
    private readonly SemaphoreSlim _room = new(Capacity);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _news.Count == 0;
            }
        }
    }

    public bool IsCompleted => _completed.Task.IsCompleted;

    /// <summary>For threads that have nothing else to do: blocks while the outbox is full.</summary>
    public void Add(News news, CancellationToken cancellationToken)
    {
        _room.Wait(cancellationToken);
        Enqueue(news);
    }

    public async Task AddAsync(News news, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        Enqueue(news);
    }

    /// <summary>No news will be added any more.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Completes when there is something to send, and when nothing more will come.</summary>
    public Task WaitAsync()
    {
        lock (_lock)
        {
            return _news.Count > 0 ? Task.CompletedTask : Task.WhenAny(_added.Task, _completed.Task);
        }
    }

    /// <summary>The oldest news; a profile and a checkpoint end a batch, since a report has room for one. They stay until settled.</summary>
    public IReadOnlyList<News> Peek()
    {
        var batch = new List<News>();
        lock (_lock)
        {
            foreach (var news in _news)
            {
                batch.Add(news);
                if (batch.Count == BatchSize || news is News.Profiled or News.Checkpointed)
                {
                    break;
                }
            }
        }

        return batch;
    }

    /// <summary>The oldest <paramref name="count"/> news have reached the Coordinator.</summary>
    public void Settle(int count)
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                _news.Dequeue();
            }
        }

        if (count > 0)
        {
            _room.Release(count);
        }
    }

    public void Dispose() => _room.Dispose();

    private void Enqueue(News news)
    {
        lock (_lock)
        {
            _news.Enqueue(news);
            _added.TrySetResult();
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
