using CloudSweep.Core.Domain;
using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Execution;

/// <summary>
/// The one sender of an attempt: brings its news to the Coordinator, renews the lease by that at least every third of it, and hears what is wanted.
/// A lease that has expired here is still renewed: only the Coordinator can say that it is lost.
/// </summary>
/// <param name="openTrials">Trials of the job that were open at the grant.</param>
internal sealed class LeaseKeeper(
    CoordinatorClient coordinator, LeaseKey lease, TimeSpan leaseDuration, IEnumerable<int> openTrials, AttemptProgress progress, TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _unwanted = new();
    private volatile IReadOnlySet<int> _openTrials = openTrials.ToHashSet();
    private volatile JobDirective _directive = JobDirective.Continue;

    public Outbox Outbox { get; } = new();

    /// <summary>What the Coordinator last wanted. Cancel and Pause stay.</summary>
    public JobDirective Directive => _directive;

    /// <summary>Trials of the job that are still to be trained.</summary>
    public IReadOnlySet<int> OpenTrials => _openTrials;

    /// <summary>Cancelled when the directive is no longer to continue.</summary>
    public CancellationToken Unwanted => _unwanted.Token;

    /// <summary>Sends until the outbox is completed and empty.</summary>
    /// <exception cref="LeaseLostException">Another holder replaced this one: stop without another word.</exception>
    /// <exception cref="CoordinatorErrorException">The Coordinator refused a report.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // A third of the lease leaves room for two failed renewals before it expires.
        var interval = leaseDuration / 3;
        while (await HasWorkAsync(interval, cancellationToken))
        {
            interval = await SendAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        Outbox.Dispose();
        _unwanted.Dispose();
    }

    private async Task<bool> HasWorkAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = interval < ShortestInterval ? ShortestInterval : interval;
        await Task.WhenAny(Outbox.WaitAsync(), Task.Delay(wait, timeProvider, waiting.Token));
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return !Outbox.IsCompleted || !Outbox.IsEmpty;
    }

    private async Task<TimeSpan> SendAsync(CancellationToken cancellationToken)
    {
        var sent = timeProvider.GetTimestamp();
        var batch = Outbox.Peek();
        var answer = await coordinator.ReportAsync(lease, Describe(batch), cancellationToken);
        Outbox.Settle(batch.Count);

        _openTrials = answer.OpenTrials;
        if (answer.Directive != JobDirective.Continue)
        {
            _directive = answer.Directive;
            await _unwanted.CancelAsync();
        }

        foreach (var asked in batch.OfType<News.Asked>())
        {
            asked.Answered.TrySetResult();
        }

        return (answer.LeaseDuration / 3) - timeProvider.GetElapsedTime(sent);
    }

    private ProgressReport Describe(IReadOnlyList<News> batch) => new(
        [.. batch.OfType<News.Measured>().Select(news => news.Measurement)],
        [.. batch.OfType<News.Ended>().Select(news => news.Outcome)],
        [.. batch.OfType<News.Profiled>().Select(news => news.Profile)],
        [.. batch.OfType<News.Ended>().Select(news => news.Model).OfType<ModelRef>()],
        batch.OfType<News.Checkpointed>().Select(news => news.Checkpoint).SingleOrDefault(),
        progress.Totals,
        progress.Position);
}
