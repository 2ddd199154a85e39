using System.Collections.Concurrent;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Execution.Coordination;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution;

/// <summary>Profiles the shards of a job, several at once, and reports each as soon as it is done.</summary>
internal sealed class ProfileAttempt(IShardProfiler profiler, IOptions<WorkerOptions> options)
{
    private const int MaxBadShards = 5;

    public async Task<AttemptEnd> RunAsync(Grant grant, GrantedWork.Profile work, LeaseKeeper keeper, AttemptProgress progress, AttemptStop stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, stop.Forced, keeper.Unwanted);
        var shards = grant.Shards.Shards.ToDictionary(shard => shard.Key);
        var mistakes = new ConcurrentDictionary<string, DataErrorException>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.ThreadsPerSlot, CancellationToken = ending.Token };
        try
        {
            await Parallel.ForEachAsync(work.ShardKeys.Select(key => shards[key]), parallel, ProfileAsync);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return keeper.Directive == JobDirective.Cancel ? new AttemptEnd.Finished() : StopReasons.Released(keeper.Directive);
        }

        return mistakes.IsEmpty ? new AttemptEnd.Finished() : throw AllOf(work.ShardKeys, mistakes);

        async ValueTask ProfileAsync(Shard shard, CancellationToken cancellationToken)
        {
            if (mistakes.Count >= MaxBadShards)
            {
                return;
            }

            try
            {
                var profile = await profiler.ProfileAsync(shard, grant.Spec.Data, progress.Data, cancellationToken);
                await keeper.Outbox.AddAsync(new News.Profiled(profile), cancellationToken);
            }
            catch (DataErrorException exception)
            {
                mistakes[shard.Key] = exception;
            }
        }
    }

    /// <summary>The mistakes of all bad shards in the job's order, so that they can be mended in one go.</summary>
    private static DataErrorException AllOf(IReadOnlyList<string> keys, ConcurrentDictionary<string, DataErrorException> mistakes)
    {
        var bad = keys.Where(mistakes.ContainsKey).Select(key => mistakes[key]).ToArray();
        var more = bad.Length >= MaxBadShards ? $"\nStopped after {bad.Length} shards with mistakes." : "";
        return new DataErrorException(string.Join('\n', bad.Select(mistake => mistake.Message)) + more, bad[0]);
    }
}
