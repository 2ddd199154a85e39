using CloudSweep.Protos.V1;
using CsCheck;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Whatever Workers do in whatever order: nothing is lost, nothing counts twice, and the sweep can always be brought to its end.</summary>
public sealed class RandomCourseTests
{
    // A step: what happens, and to which of the grants that were handed out.
    private static readonly Gen<(Act Act, int Index)[]> Courses = Gen.Select(Gen.Enum<Act>(), Gen.Int[0, 9]).Array[1, 40];

    private enum Act
    {
        Acquire,
        Renew,
        Report,
        ReportOne,
        Finish,
        Fail,
        Release,
        LetExpire,
        Reconcile,
        Dispatch,
        RestartCoordinator,
    }

    [Theory]
    [InlineData(StoreChoice.Memory, 60)]
    [InlineData(StoreChoice.Sqlite, 15)]
    public Task AnyCourse_ThenAWorkerThatWorks_EndsWithEveryTrialFinalOnce(StoreChoice store, int courses) =>
        Courses.SampleAsync(course => HoldsAsync(store, course), iter: courses, threads: 1);

    private static async Task HoldsAsync(StoreChoice store, (Act Act, int Index)[] course)
    {
        await using var host = await CoordinatorHost.StartAsync(store);
        var sweep = (await host.Sweeps.SubmitSweepAsync(Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { MaxAttempts = 100 } }))).Sweep;
        var worker = new TestWorker(host, "random");
        var grants = new List<Grant>();
        var final = new Dictionary<int, Trial>();
        foreach (var (act, index) in course)
        {
            await TryAsync(() => PerformAsync(act, host, worker, grants, grants.Count == 0 ? null : grants[index % grants.Count]));
            await AssertInvariantsAsync(host, sweep, final);
        }

        for (var round = 0; round < 50 && (await DescribeAsync(host, sweep)).Progress.State != SweepState.Completed; round++)
        {
            await worker.FinishEverythingAsync();
            await host.ExpireLeasesAsync();
            host.Time.Advance(TimeSpan.FromMinutes(2));
        }

        var description = await DescribeAsync(host, sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Equal(Samples.Trials, description.Progress.Trials.Completed);
        Assert.Equal(Samples.Trials, description.Trials.Count);
        Assert.Empty(description.Remarks);
        await AssertInvariantsAsync(host, sweep, final);
    }

    private static async Task PerformAsync(Act act, CoordinatorHost host, TestWorker worker, List<Grant> grants, Grant? grant)
    {
        switch (act)
        {
            case Act.Acquire when await worker.AcquireAsync() is { } granted:
                Assert.DoesNotContain(grants, other => other.Lease.Job == granted.Lease.Job && other.Lease.FencingToken >= granted.Lease.FencingToken);
                grants.Add(granted);
                break;
            case Act.Renew when grant is not null:
                await worker.RenewAsync(grant);
                break;
            case Act.Report when grant is not null:
                await (grant.Profile is null ? worker.TrainAsync(grant) : worker.ProfileAsync(grant));
                break;
            case Act.ReportOne when grant?.Train is { Trials: [var trial, ..] }:
                await worker.ReportAsync(grant, report =>
                {
                    report.Measurements.Add(Samples.Evaluation(trial.Number, TestWorker.LossOf(trial.Number)));
                    report.Outcomes.Add(Samples.Outcome(trial.Number));
                });
                break;
            case Act.Finish when grant is not null:
                await worker.FinishAsync(grant);
                break;
            case Act.Fail when grant is not null:
                await worker.FinishAsync(grant, new AttemptFailure { Message = "failed" });
                break;
            case Act.Release when grant is not null:
                await worker.ReleaseAsync(grant);
                break;
            case Act.LetExpire:
                await host.ExpireLeasesAsync();
                break;
            case Act.Reconcile:
                await host.ReconcileAsync();
                break;
            case Act.Dispatch:
                await host.DispatchAsync();
                break;
            case Act.RestartCoordinator:
                await host.RestartAsync();
                break;
        }
    }

    /// <summary>A former holder may be told so, and nothing else may go wrong.</summary>
    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
        }
    }

    private static async Task AssertInvariantsAsync(CoordinatorHost host, string sweep, Dictionary<int, Trial> final)
    {
        var description = await DescribeAsync(host, sweep);
        var counts = description.Progress.Trials;
        Assert.Equal(counts.Total, counts.Pending + counts.Running + counts.Completed + counts.Pruned + counts.Diverged + counts.Failed + counts.Cancelled);
        foreach (var trial in description.Trials.Where(trial => trial.State > TrialState.Running))
        {
            Assert.Equal(final.GetValueOrDefault(trial.Number, trial), trial);
            final[trial.Number] = trial;
        }

        Assert.All(final.Keys, number => Assert.Contains(description.Trials, trial => trial.Number == number && trial.State > TrialState.Running));
    }

    private static async Task<DescribeSweepResponse> DescribeAsync(CoordinatorHost host, string sweep) =>
        await host.Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep });
}
