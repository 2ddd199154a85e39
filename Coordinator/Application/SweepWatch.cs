using System.Runtime.CompilerServices;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>Follows a sweep: where it stands now, then again after changes, until it is final.</summary>
internal sealed class SweepWatch(SweepReader reader, SweepChanges changes, TimeProvider time, IHostApplicationLifetime host)
{
    // Changes that come faster are told together.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    // Workers come and go without a change of the sweep.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="StoreUnavailableException">The Coordinator stops; a watch would keep it from that.</exception>
    public async IAsyncEnumerable<SweepStatus> FollowAsync(SweepId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (told, waits) = (0L, false); ;)
        {
            var changed = changes.Next;
            if (await reader.IsNewAsync(id, told, waits, cancellationToken))
            {
                var status = await reader.StatusAsync(id, cancellationToken);
                (told, waits) = (status.Sweep.Revision, status.WaitsForWorker);
                yield return status;
                if (status.Sweep.State.IsFinal())
                {
                    yield break;
                }
            }

            await WaitAsync(changed, cancellationToken);
        }
    }

    private async Task WaitAsync(Task changed, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        try
        {
            await changed.WaitAsync(LookAgain, time, ending.Token);
            await Task.Delay(Quiet, time, ending.Token);
        }
        catch (TimeoutException)
        {
            // Nothing was signalled.
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreUnavailableException("The Coordinator is stopping; watch again when it is back.", exception);
        }
    }
}
