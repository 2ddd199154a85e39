using CloudSweep.Core.Ports.Objects;
using Microsoft.Extensions.Logging;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>Counts the requests of one call, pauses between them and decides when there were enough.</summary>
internal sealed partial class Attempts(StorageCall call, CloudStorageOptions options, TimeProvider timeProvider, Random random, ILogger logger)
{
    private int _failuresInARow;

    /// <summary>Requests made so far.</summary>
    public int Requests { get; private set; }

    /// <summary>Makes a request until it succeeds.</summary>
    /// <exception cref="StorageException">It can't succeed, or has failed too often.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Begin();
                return await request();
            }
            catch (FailedRequestException failure)
            {
                await RecoverAsync(failure, offset: null, hasProgressed: false, cancellationToken);
            }
        }
    }

    /// <inheritdoc cref="RunAsync{T}" />
    public Task RunAsync(Func<Task> request, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await request();
            return true;
        },
        cancellationToken);

    /// <summary>A request is about to be made.</summary>
    public void Begin() => Requests++;

    /// <summary>Waits before the next request after one has failed.</summary>
    /// <param name="failure">How it failed.</param>
    /// <param name="offset">First byte that is still missing; null where that says nothing.</param>
    /// <param name="hasProgressed">It brought something: the count begins again, so that a large object survives many short connections.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageException">There will be none: it can't succeed, or has failed too often.</exception>
    public async Task RecoverAsync(FailedRequestException failure, long? offset, bool hasProgressed, CancellationToken cancellationToken)
    {
        _failuresInARow = hasProgressed ? 1 : _failuresInARow + 1;
        if (!failure.IsTransient || failure.EndsCall || _failuresInARow >= options.MaxAttempts)
        {
            throw call.ToException(failure, Requests, offset);
        }

        var pause = PauseAfter(_failuresInARow);
        pause = failure.RetryAfter > pause ? failure.RetryAfter.Value : pause;
        LogTryingAgain(call.Target, call.Verb, failure.Message, pause.TotalMilliseconds);
        await Task.Delay(pause, timeProvider, cancellationToken);
    }

    // Shortened at random, so that many Workers that failed together don't come back together.
    private TimeSpan PauseAfter(int failures)
    {
        var longest = Math.Min(options.RetryDelay.TotalSeconds * Math.Pow(2, failures - 1), options.LongestRetryDelay.TotalSeconds);
        return TimeSpan.FromSeconds(longest * (1 - (random.NextDouble() / 2)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} was not {Verb} yet: {Cause}; trying again in {PauseMs:0} ms")]
    private partial void LogTryingAgain(string target, string verb, string cause, double pauseMs);
}
