using CloudSweep.Coordinator.Background;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Core.Domain;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>When leases must not be taken away, though they look expired.</summary>
public sealed class ReaperTests() : LifecycleTests(StoreChoice.Memory)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reap_ProcessThatIsAlone_TakesJobsBackAtItsStartAndUsesUpNoAttempt()
    {
        var sweep = await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Execution = new ExecutionSpec(null, 2, 1, "auto") }));
        var former = await Worker.AcquireOrFailAsync();

        await Reaper(new UnreliableStore(Host.Store), isAlone: true).RunOnceAsync(Token);

        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => Worker.RenewAsync(former));
        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reap_AfterAnOutageOfTheStore_WaitsOneLease(bool isAlone)
    {
        await SubmitAsync();
        var store = new UnreliableStore(Host.Store);
        var reaper = Reaper(store, isAlone);
        await reaper.RunOnceAsync(Token);
        var grant = await Worker.AcquireOrFailAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(2));
        store.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => reaper.RunOnceAsync(Token));

        store.IsDown = false;
        await reaper.RunOnceAsync(Token);

        await Worker.RenewAsync(grant);
    }

    [Fact]
    public async Task Reap_AfterAJumpOfTheClock_WaitsOneLease()
    {
        await SubmitAsync();
        var time = new JumpingTime(Host.Time);
        var reaper = Reaper(new UnreliableStore(Host.Store), isAlone: false, time);
        await reaper.RunOnceAsync(Token);
        Host.Time.Advance(TimeSpan.FromMinutes(2));
        await reaper.RunOnceAsync(Token);
        var grant = await Worker.AcquireOrFailAsync();

        time.Jump = TimeSpan.FromHours(1);
        await reaper.RunOnceAsync(Token);
        await Worker.RenewAsync(grant);

        Host.Time.Advance(TimeSpan.FromMinutes(2));
        await reaper.RunOnceAsync(Token);
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => Worker.RenewAsync(grant));
    }

    private LeaseReaper Reaper(UnreliableStore store, bool isAlone, TimeProvider? time = null) =>
        ActivatorUtilities.CreateInstance<LeaseReaper>(Host.Services, store, Options.Create(new LeaseOptions { RequeueOnStart = isAlone }), time ?? Host.Time);
}
