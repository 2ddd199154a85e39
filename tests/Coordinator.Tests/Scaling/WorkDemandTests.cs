using CloudSweep.Coordinator.Scaling;
using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Tests.Scaling;

/// <summary>What counts as work for Workers (shared/DESIGN.md §8).</summary>
public sealed class WorkDemandTests
{
    [Fact]
    public void Of_NoSweeps_IsInactive()
    {
        var demand = WorkDemand.Of([]);

        Assert.Equal((new WorkDemand(0, 0), false), (demand, demand.IsActive));
    }

    [Theory]
    [InlineData(SweepState.Preparing, null, 0, 3, 3)]
    [InlineData(SweepState.Running, null, 0, 100_000, 100_000)]
    [InlineData(SweepState.Running, null, 5, 0, 0)]
    [InlineData(SweepState.Running, null, 5, 3, 3)]
    [InlineData(SweepState.Running, 4, 0, 3, 3)]
    [InlineData(SweepState.Running, 4, 0, 9, 4)]
    [InlineData(SweepState.Running, 4, 3, 9, 1)]
    [InlineData(SweepState.Running, 4, 4, 9, 0)]
    [InlineData(SweepState.Running, 4, 6, 9, 0)]
    [InlineData(SweepState.Paused, null, 0, 9, 0)]
    [InlineData(SweepState.Paused, 4, 2, 9, 0)]
    public void Of_OneSweep_CountsLeasedJobsAndThoseThatWouldBeGranted(SweepState state, int? parallelism, int leased, int eligible, int grantable)
    {
        var demand = WorkDemand.Of([Work(state, parallelism, leased, eligible)]);

        Assert.Equal(new WorkDemand(leased, grantable), demand);
        Assert.Equal((leased + grantable, leased + grantable > 0), (demand.Jobs, demand.IsActive));
    }

    [Fact]
    public void Of_SweepThatIsNotExpanded_CountsLeasedJobsOnly() =>
        Assert.Equal(new WorkDemand(1, 0), WorkDemand.Of([Work(SweepState.Preparing, null, 1, 5) with { IsExpanded = false }]));

    [Fact]
    public void Of_SeveralSweeps_HoldsEachToItsOwnParallelism() =>
        Assert.Equal(
            new WorkDemand(4, 1 + 7),
            WorkDemand.Of([Work(SweepState.Running, 2, 1, 9), Work(SweepState.Paused, null, 3, 9), Work(SweepState.Preparing, null, 0, 7)]));

    private static SweepWork Work(SweepState state, int? parallelism, int leased, int eligible) => new(
        new SweepId("a"),
        state,
        IsExpanded: true,
        CanonicalJson.Write(Samples.Spec with { Execution = Samples.Spec.Execution with { Parallelism = parallelism } }),
        leased,
        eligible);
}
