using CloudSweep.Core.Domain;

namespace CloudSweep.TestSupport.Store;

public abstract partial class SweepStoreContract
{
    [Fact]
    public async Task FindJob_Unknown_IsNull()
    {
        await AddSweepsAsync("a");

        Assert.Null(await ReadAsync(view => view.FindJob(StoreSamples.JobOf("a", 4))));
        Assert.Null(await ReadAsync(view => view.FindJob(StoreSamples.JobOf("b", 1))));
        Assert.Null(await ReadAsync(view => view.FindJobByAcquireRequest("r")));
        Assert.Empty(await ReadAsync(view => view.ListJobs(StoreSamples.Id("b"))));
        Assert.Equal(0, await ReadAsync(view => view.CountJobs(StoreSamples.Id("b"), JobState.Queued)));
    }

    [Fact]
    public async Task InsertJobs_EveryField_ComesBack()
    {
        var job = StoreSamples.FullJob("a", 4);
        await AddSweepsAsync("a");

        await WriteAsync(transaction => transaction.InsertJobs([job]));

        Assert.Equal(StoreText.Of(job), StoreText.Of((await ReadAsync(view => view.FindJob(job.Id)))!));
        Assert.Equal(job.Id, (await ReadAsync(view => view.FindJobByAcquireRequest(job.AcquireRequestId!)))!.Id);
    }

    [Fact]
    public async Task InsertJobs_NumberExists_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.InsertJobs([StoreSamples.Job("a", 4), StoreSamples.FullJob("a", 3)]));
    }

    [Fact]
    public async Task InsertJobs_UnknownSweep_IsRefused() =>
        await AssertRefusedAsync(transaction => transaction.InsertJobs([StoreSamples.Job("a", 1)]));

    [Fact]
    public async Task UpdateJob_ThereAndBack_StoresEveryChange()
    {
        await AddSweepsAsync("a");
        var queued = StoreSamples.FullJob("a", 4) with { State = JobState.Queued, LeaseId = null, Worker = null, AcquireRequestId = null, LeaseExpiresAt = null, NotifiedAt = null };
        var leased = StoreSamples.FullJob("a", 4) with { Attempt = 9, FencingToken = 8, EligibleAt = StoreSamples.Start.AddDays(1), Notifications = 7, AttemptsWithoutProgress = 6, HasProgressed = false, FinishedToken = 5 };
        await WriteAsync(transaction => transaction.InsertJobs([queued]));

        await WriteAsync(transaction => transaction.UpdateJob(leased));

        Assert.Equal(StoreText.Of(leased), StoreText.Of((await ReadAsync(view => view.FindJob(leased.Id)))!));

        await WriteAsync(transaction => transaction.UpdateJob(queued));

        Assert.Equal(StoreText.Of(queued), StoreText.Of((await ReadAsync(view => view.FindJob(leased.Id)))!));
        Assert.Null(await ReadAsync(view => view.FindJobByAcquireRequest(leased.AcquireRequestId!)));
    }

    [Fact]
    public async Task UpdateJob_Unknown_IsRefused()
    {
        await AddSweepsAsync("a");

        await AssertRefusedAsync(transaction => transaction.UpdateJob(StoreSamples.Job("a", 4)));
        await AssertRefusedAsync(transaction => transaction.UpdateJob(StoreSamples.Job("b", 1)));
    }

    [Fact]
    public async Task ListJobs_InsertedInAnyOrder_AreByNumber()
    {
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction => transaction.InsertJobs([StoreSamples.Job("a", 10), StoreSamples.Job("a", 9)]));

        Assert.Equal([1, 2, 3, 9, 10], await ReadAsync(view => view.ListJobs(StoreSamples.Id("a")).Select(job => job.Id.Number).ToList()));
    }

    [Fact]
    public async Task ListQueuedJobs_SomeNotEligibleOrNotQueued_HasTheFirstOfTheRest()
    {
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction =>
        {
            transaction.UpdateJob(StoreSamples.Job("a", 1, JobState.Leased));
            transaction.UpdateJob(StoreSamples.Job("a", 2) with { EligibleAt = StoreSamples.Start.AddTicks(1) });
            transaction.InsertJobs([StoreSamples.Job("a", 4, JobState.Finished), StoreSamples.Job("a", 5), StoreSamples.Job("a", 6)]);
        });

        Assert.Equal([3, 5, 6], await QueuedAsync(StoreSamples.Start, 10));
        Assert.Equal([3, 5], await QueuedAsync(StoreSamples.Start, 2));
        Assert.Equal([2, 3, 5, 6], await QueuedAsync(StoreSamples.Start.AddTicks(1), 10));
        Assert.Empty(await QueuedAsync(StoreSamples.Start.AddTicks(-1), 10));
        Assert.Empty(await QueuedAsync(StoreSamples.Start, 0));

        Task<List<int>> QueuedAsync(DateTimeOffset now, int limit) =>
            ReadAsync(view => view.ListQueuedJobs(StoreSamples.Id("a"), now, limit).Select(job => job.Id.Number).ToList());
    }

    [Fact]
    public async Task ListLeasedJobs_SeveralSweeps_AreBySweepAndNumber()
    {
        await AddSweepsAsync("b", "a");
        await WriteAsync(transaction =>
        {
            transaction.InsertJobs([StoreSamples.FullJob("b", 10), StoreSamples.FullJob("b", 9), StoreSamples.FullJob("a", 4)]);
            transaction.InsertJobs([StoreSamples.Job("a", 5, JobState.Finished)]);
        });

        var leased = await ReadAsync(view => view.ListLeasedJobs().Select(job => job.Id).ToList());

        Assert.Equal([StoreSamples.JobOf("a", 4), StoreSamples.JobOf("b", 9), StoreSamples.JobOf("b", 10)], leased);
    }

    [Fact]
    public async Task ListOpenWork_SeveralSweeps_CountsLeasedAndEligibleJobsOfOpenOnes()
    {
        await AddSweepsAsync("b", "a", "over");
        await WriteAsync(transaction =>
        {
            transaction.UpdateJob(StoreSamples.Job("b", 1, JobState.Finished));
            transaction.UpdateJob(StoreSamples.Job("b", 2) with { EligibleAt = StoreSamples.Start.AddTicks(1) });
            transaction.InsertJobs([StoreSamples.FullJob("b", 4), StoreSamples.FullJob("b", 5), StoreSamples.FullJob("over", 4)]);
            transaction.UpdateSweep(StoreSamples.Sweep("a") with { State = SweepState.Paused, IsExpanded = true });
            transaction.UpdateSweep(StoreSamples.FullSweep("over"));
        });
        var spec = StoreSamples.Sweep("a").SpecJson;

        Assert.Equal(
            [new(StoreSamples.Id("b"), SweepState.Preparing, false, spec, 2, 1), new(StoreSamples.Id("a"), SweepState.Paused, true, spec, 0, 3)],
            await ReadAsync(view => view.ListOpenWork(StoreSamples.Start)));
        Assert.Equal(2, await ReadAsync(view => view.ListOpenWork(StoreSamples.Start.AddTicks(1))[0].EligibleJobs));
        Assert.Equal(0, await ReadAsync(view => view.ListOpenWork(StoreSamples.Start.AddTicks(-1))[1].EligibleJobs));
    }

    [Fact]
    public async Task ListOpenWork_SweepWithoutJobs_CountsNone()
    {
        await WriteAsync(transaction => transaction.InsertSweep(StoreSamples.Sweep("a")));

        Assert.Equal((0, 0), await ReadAsync(view => view.ListOpenWork(StoreSamples.Start) is [var work] ? (work.LeasedJobs, work.EligibleJobs) : (-1, -1)));
    }

    [Fact]
    public async Task CountJobs_SeveralSweepsAndStates_CountsOne()
    {
        await AddSweepsAsync("a", "b");
        await WriteAsync(transaction => transaction.UpdateJob(StoreSamples.Job("a", 1, JobState.Finished)));

        Assert.Equal(2, await ReadAsync(view => view.CountJobs(StoreSamples.Id("a"), JobState.Queued)));
        Assert.Equal(0, await ReadAsync(view => view.CountJobs(StoreSamples.Id("a"), JobState.Leased)));
        Assert.Equal(1, await ReadAsync(view => view.CountJobs(StoreSamples.Id("a"), JobState.Finished)));
    }
}
