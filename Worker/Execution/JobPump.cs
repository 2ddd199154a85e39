using CloudSweep.Core.Ports;
using CloudSweep.Worker.Execution.Coordination;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution;

/// <summary>Keeps every slot of the Worker busy.</summary>
internal sealed partial class JobPump(
    IJobSubscriber subscriber,
    CoordinatorClient coordinator,
    AttemptRunner attempts,
    IOptions<WorkerOptions> options,
    ResourceBounds bounds,
    TimeProvider timeProvider,
    ILogger<JobPump> logger)
    : BackgroundService
{
    private static readonly TimeSpan PauseAfterBug = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogBounds(bounds.Slots, bounds.ThreadsPerSlot, bounds.ReadThreads, bounds.RowBytes, bounds.CacheDirectory, bounds.CacheBytes);
        using var drain = new DrainWindow(options.Value.DrainTimeout, timeProvider, stoppingToken);
        var slots = Enumerable.Range(0, options.Value.Slots)
            .Select(_ => new Slot(subscriber, coordinator, attempts, drain, options.Value.QuietTime, timeProvider, logger));
        await Task.WhenAll(slots.Select(slot => Task.Run(() => RunSlotAsync(slot, stoppingToken), CancellationToken.None)).ToArray());
    }

    private async Task RunSlotAsync(Slot slot, CancellationToken stoppingToken)
    {
        var patience = TimeSpan.Zero;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                patience = await RunOnceAsync(slot, patience, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Shutting down is not an error.
        }
    }

    private async Task<TimeSpan> RunOnceAsync(Slot slot, TimeSpan patience, CancellationToken stoppingToken)
    {
        try
        {
            return await slot.RunOnceAsync(patience);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogSlotFailed(exception);
            await Task.Delay(PauseAfterBug, timeProvider, stoppingToken);
            return patience;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Jobs at once: {Slots}; threads of each: {Threads} to train, {ReadThreads} to read; decoded rows of each: at most {RowBytes} bytes (Data:MemoryBudgetBytes); block cache: {CacheDirectory}, at most {CacheBytes} bytes (Data:CacheSizeLimitBytes)")]
    private partial void LogBounds(int slots, int threads, int readThreads, long rowBytes, string cacheDirectory, long cacheBytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "A slot failed; it goes on with the next job")]
    private partial void LogSlotFailed(Exception exception);
}
