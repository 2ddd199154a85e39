using CloudSweep.Protos.V1;
using CsCheck;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Whatever Workers do in whatever order: nothing is lost, nothing counts twice, and the sweep can always be brought to its end.</summary>
public sealed class RandomCourseTests
{
    // A step: what happens, and to which of the grants that were handed out.
    private static readonly Gen<(Act Act, int Index)[]> Courses = Gen.Select(Gen.Enum<Act>().Where(act => act < Act.Stop), Gen.Int[0, 9]).Array[1, 40];

    // Few attempts, pauses, and now and then an end that a person makes.
    private static readonly Gen<(int MaxAttempts, (Act Act, int Index)[] Course)> HardCourses =
        Gen.Select(Gen.Int[1, 4], Gen.Select(Gen.Frequency((60, Gen.Enum<Act>().Where(act => act < Act.Stop)), (3, Gen.Const(Act.Pause)), (3, Gen.Const(Act.Resume)), (1, Gen.Const(Act.Stop)), (1, Gen.Const(Act.Cancel))), Gen.Int[0, 9]).Array[1, 40]);

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

        // What people do, which ends a sweep early or holds it.
        Stop,
        Pause,
        Resume,
        Cancel,
    }

    [Theory]
    [InlineData(StoreChoice.Memory, 60)]
    [InlineData(StoreChoice.Sqlite, 15)]
    public Task AnyCourse_ThenAWorkerThatWorks_EndsWithEveryTrialFinalOnce(StoreChoice store, int courses) =>
        Courses.SampleAsync(course => HoldsAsync(store, course), iter: courses, threads: 1);

    [Theory]
    [InlineData(StoreChoice.Memory, 60)]
    [InlineData(StoreChoice.Sqlite, 15)]
    public Task AnyCourse_WithFewAttemptsAndPeople_EndsAndStaysAsItEnded(StoreChoice store, int courses) =>
        HardCourses.SampleAsync(hard => StaysEndedAsync(store, hard.MaxAttempts, hard.Course), iter: courses, threads: 1);

    private static async Task HoldsAsync(StoreChoice store, (Act Act, int Index)[] course)
    {
        await using var host = await CoordinatorHost.StartAsync(store);
        var sweep = await SubmitAsync(host, maxAttempts: 100);
        var (worker, grants, invariants) = (new TestWorker(host, "random"), new List<Grant>(), new Invariants(host, sweep));
        await PerformAllAsync(course, host, worker, grants, invariants, sweep);

        await BringToItsEndAsync(host, worker, sweep);

        var description = await DescribeAsync(host, sweep);
        Assert.Equal(SweepState.Completed, description.Progress.State);
        Assert.Equal(Samples.Trials, description.Progress.Trials.Completed);
        Assert.Empty(description.Remarks);
        await invariants.AssertAsync(grants);
    }

    private static async Task StaysEndedAsync(StoreChoice store, int maxAttempts, (Act Act, int Index)[] course)
    {
        await using var host = await CoordinatorHost.StartAsync(store);
        var sweep = await SubmitAsync(host, maxAttempts);
        var (worker, grants, invariants) = (new TestWorker(host, "random"), new List<Grant>(), new Invariants(host, sweep));
        await PerformAllAsync(course, host, worker, grants, invariants, sweep);

        await TryAsync(async () => await host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep }));
        await BringToItsEndAsync(host, worker, sweep);

        Assert.True((await DescribeAsync(host, sweep)).Progress.State > SweepState.Paused);
        await invariants.AssertAsync(grants);
        await PerformAllAsync(course, host, worker, grants, invariants, sweep);
    }

    private static async Task<string> SubmitAsync(CoordinatorHost host, int maxAttempts) => (await host.Sweeps.SubmitSweepAsync(
        Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { MaxAttempts = maxAttempts } }))).Sweep;

    private static async Task PerformAllAsync(
        (Act Act, int Index)[] course, CoordinatorHost host, TestWorker worker, List<Grant> grants, Invariants invariants, string sweep)
    {
        foreach (var (act, index) in course)
        {
            await TryAsync(() => PerformAsync(act, host, worker, grants, grants.Count == 0 ? null : grants[index % grants.Count], sweep));
            await invariants.AssertAsync(grants);
        }
    }

    private static async Task BringToItsEndAsync(CoordinatorHost host, TestWorker worker, string sweep)
    {
        for (var round = 0; round < 50 && (await DescribeAsync(host, sweep)).Progress.State is SweepState.Preparing or SweepState.Running; round++)
        {
            await worker.FinishEverythingAsync();
            await host.ExpireLeasesAsync();
            host.Time.Advance(TimeSpan.FromMinutes(2));
        }
    }

    private static async Task PerformAsync(Act act, CoordinatorHost host, TestWorker worker, List<Grant> grants, Grant? grant, string sweep)
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
            case Act.Stop:
                await host.Sweeps.StopSweepAsync(new StopSweepRequest { Sweep = sweep });
                break;
            case Act.Pause:
                await host.Sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep });
                break;
            case Act.Resume:
                await host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep });
                break;
            case Act.Cancel:
                await host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep, Reason = "cancelled" });
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

    private static async Task<DescribeSweepResponse> DescribeAsync(CoordinatorHost host, string sweep) =>
        await host.Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep });
}
