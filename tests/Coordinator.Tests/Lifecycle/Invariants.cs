using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Protos.V1;
using Trial = CloudSweep.Protos.V1.Trial;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>What holds for a sweep at every moment, and what never changes any more once it was seen.</summary>
internal sealed class Invariants(CoordinatorHost host, string sweep)
{
    private readonly Dictionary<int, Trial> _finalTrials = [];
    private readonly Dictionary<JobId, long> _tokens = [];
    private DescribeSweepResponse? _final;

    /// <param name="grants">All that were ever handed out.</param>
    public async Task AssertAsync(IReadOnlyList<Grant> grants)
    {
        var description = await host.Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep });
        AssertFinalStays(description);
        await host.Store.ReadAsync(
            view =>
            {
                AssertJobs(view, view.FindSweep(new SweepId(sweep))!, grants);
                return true;
            },
            TestContext.Current.CancellationToken);
    }

    private void AssertFinalStays(DescribeSweepResponse description)
    {
        var counts = description.Progress.Trials;
        Assert.Equal(Samples.Trials, description.Trials.Count);
        Assert.Equal(counts.Total, counts.Pending + counts.Running + counts.Completed + counts.Pruned + counts.Diverged + counts.Failed + counts.Cancelled);
        foreach (var trial in description.Trials)
        {
            Assert.Equal(_finalTrials.GetValueOrDefault(trial.Number, trial), trial);
            if (trial.State > TrialState.Running)
            {
                _finalTrials[trial.Number] = trial;
            }
        }

        // What the cheap status tells is what all measurements tell.
        var best = description.Trials.Where(trial => trial.State is TrialState.Running or TrialState.Completed && trial.Metrics.Count > 0).MinBy(trial => trial.Metrics[0].Value);
        Assert.Equal(best, description.Progress.Best);
        Assert.Equal(_final ?? description, description);
        if (description.Progress.State > Protos.V1.SweepState.Paused)
        {
            Assert.Equal(Samples.Trials, _finalTrials.Count);
            _final = description;
        }
    }

    private void AssertJobs(IStoreView view, SweepRecord record, IReadOnlyList<Grant> grants)
    {
        var jobs = view.ListJobs(record.Id);
        Assert.Equal(record.OpenJobs, jobs.Count(job => job.State != JobState.Finished));
        foreach (var job in jobs)
        {
            Assert.True(job.FencingToken >= _tokens.GetValueOrDefault(job.Id), "A token went back.");
            _tokens[job.Id] = job.FencingToken;
            Assert.Equal(job.State == JobState.Leased, job.LeaseExpiresAt is not null);
            Assert.Equal(
                job.State == JobState.Leased ? 1 : 0,
                grants.Count(grant => job.State == JobState.Leased && grant.Lease.Job == job.Id.ToString() && grant.Lease.FencingToken == job.FencingToken));
        }

        var open = jobs.Where(job => job.State != JobState.Finished).Select(job => job.Id.Number).ToHashSet();
        Assert.All(
            view.ListTrials(record.Id).Where(trial => record.State == Core.Domain.SweepState.Running && !trial.State.IsFinal()),
            trial => Assert.Contains(trial.Job, open));
    }
}
