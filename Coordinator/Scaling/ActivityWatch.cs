using System.Runtime.CompilerServices;
using CloudSweep.Coordinator.Application;

namespace CloudSweep.Coordinator.Scaling;

/// <summary>Follows whether there is work: how it stands now, then every change, until the Coordinator stops.</summary>
internal sealed class ActivityWatch(DemandReader demand, SweepChanges changes, TimeProvider time, IHostApplicationLifetime host)
{
    // Time makes jobs eligible, and nobody tells.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // Changes that follow a look closely are looked at together; the first one after a quiet time is seen at once.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    public async IAsyncEnumerable<bool> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        bool? told = null;
        while (!ending.IsCancellationRequested)
        {
            var changed = changes.Next;
            var isActive = (await demand.ReadAsync(cancellationToken)).IsActive;
            if (isActive != told)
            {
                told = isActive;
                yield return isActive;
            }

            await Task.Delay(Quiet, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changed.WaitAsync(LookEvery, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }
}
