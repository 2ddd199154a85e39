using System.Runtime.CompilerServices;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>Follows a sweep: where it stands now, then again after changes, until it is final.</summary>
internal sealed class SweepWatch(SweepReader reader, SweepChanges changes, TimeProvider time)
{
    // Changes that come faster are told together.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    public async IAsyncEnumerable<SweepStatus> FollowAsync(SweepId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var told = 0L; ;)
        {
            var changed = changes.Next;
            if (await reader.RevisionAsync(id, cancellationToken) > told)
            {
                var status = await reader.StatusAsync(id, cancellationToken);
                told = status.Sweep.Revision;
                yield return status;
                if (status.Sweep.State.IsFinal())
                {
                    yield break;
                }
            }

            await changed.WaitAsync(cancellationToken);
            await Task.Delay(Quiet, time, cancellationToken);
        }
    }
}
