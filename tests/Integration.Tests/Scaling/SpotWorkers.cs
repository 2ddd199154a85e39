using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Integration.Tests.Scaling;

/// <summary>As many Workers as KEDA would have, on machines that are taken away: after a signal and a notice, or without a word.</summary>
/// <param name="cluster">The Workers'.</param>
/// <param name="keda">Tells how many.</param>
/// <param name="maxReplicas">At most so many.</param>
/// <param name="random">Chooses whose machine is taken.</param>
internal sealed class SpotWorkers(SweepCluster cluster, KedaClient keda, int maxReplicas, Random random)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Sync = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly HashSet<IProgram> _leaving = [];
    private readonly Dictionary<IProgram, DateTimeOffset> _killed = [];

    /// <summary>When Workers were killed that had no time to save.</summary>
    public IReadOnlyDictionary<IProgram, DateTimeOffset> Killed => _killed;

    /// <summary>Starts Workers while there are fewer than are wanted, and stops none, as a scale-in that is disabled does.</summary>
    public async Task ScaleAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await StartUntilThereAreAsync(await keda.ReplicasAsync(maxReplicas));

            await Task.Delay(Sync, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes machines of Workers that train until one of them was in the middle of it: a job may end just before.</summary>
    public async Task PreemptAsync(bool isTold)
    {
        while (!await TakeAsync(await ChooseAsync(), isTold))
        {
        }
    }

    private async Task<bool> TakeAsync(IProgram worker, bool isTold)
    {
        if (!isTold || !await LeavesAsync(worker))
        {
            _killed[worker] = TimeProvider.System.GetUtcNow();
            await worker.KillAsync();
        }

        return TrainingAttempt.Read(worker) is [.., { IsOver: false } or { GivenBackRow: not null }];
    }

    private static async Task<bool> LeavesAsync(IProgram worker)
    {
        try
        {
            Assert.Equal(0, await worker.StopAsync().WaitAsync(Notice, TestContext.Current.CancellationToken));
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task StartUntilThereAreAsync(int wanted)
    {
        while (wanted > CountRunning())
        {
            await cluster.StartWorkerAsync();
        }
    }

    private int CountRunning()
    {
        lock (_lock)
        {
            return RunningNeedsLock().Count();
        }
    }

    private IEnumerable<IProgram> RunningNeedsLock() => cluster.Workers.Where(worker => !worker.HasExited && !_leaving.Contains(worker));

    /// <summary>A Worker in the middle of training, which is counted no more.</summary>
    private async Task<IProgram> ChooseAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            lock (_lock)
            {
                if (RunningNeedsLock().Where(worker => TrainingAttempt.Read(worker) is [.., { IsOver: false, BeganAt: not null }]).ToArray() is { Length: > 0 } training)
                {
                    var chosen = training[random.Next(training.Length)];
                    _leaving.Add(chosen);
                    return chosen;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
