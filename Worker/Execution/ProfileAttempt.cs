using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Execution.Coordination;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution;

/// <summary>Profiles the shards of a job, several at once, and reports each as soon as it is done.</summary>
internal sealed class ProfileAttempt(IShardProfiler profiler, IOptions<WorkerOptions> options)
{
    public async Task<AttemptEnd> RunAsync(Grant grant, GrantedWork.Profile work, LeaseKeeper keeper, AttemptProgress progress, AttemptStop stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, stop.Forced, keeper.Unwanted);
        var shards = grant.Shards.Shards.ToDictionary(shard => shard.Key);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ThreadsPerSlot, CancellationToken = ending.Token };
        try
        {
            await Parallel.ForEachAsync(work.ShardKeys.Select(key => shards[key]), parallel, ProfileAsync);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return keeper.Directive == JobDirective.Cancel ? new AttemptEnd.Finished() : StopReasons.Released(keeper.Directive);
        }

        return new AttemptEnd.Finished();

        async ValueTask ProfileAsync(Shard shard, CancellationToken cancellationToken)
        {
            var profile = await profiler.ProfileAsync(shard, grant.Spec.Data, progress.Data, cancellationToken);
            await keeper.Outbox.AddAsync(new News.Profiled(profile), cancellationToken);
        }
    }
}
