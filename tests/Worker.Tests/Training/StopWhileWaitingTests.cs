using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>A stop is seen while rows are waited for, however long they take.</summary>
public sealed class StopWhileWaitingTests
{
    private const int BatchSize = 16;

    // A turn has 64 batches, so an epoch has three.
    private const int TurnRows = 64 * BatchSize;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ArrayRows Rows = new(featureCount: 23, classCount: 5, trainRows: 2500, validationRows: 41);
    private static readonly TrainingPlan Plan = Jobs.Plan(Jobs.Softmax, BatchSize, 2, Jobs.Lane(1), Jobs.Lane(2));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2 * TurnRows)]
    [InlineData(3, 2500)]
    [InlineData(5, 2500 + (2 * TurnRows))]
    public async Task Run_StopWhileRowsAreWaitedFor_SavesTheLastTurn(int turns, long position)
    {
        using var stop = new CancellationTokenSource();
        var (stalling, saved) = (new StallingRows(Rows, turns), -1L);
        var observer = new RecordingObserver([1, 2]) { Stopping = stop.Token };
        observer.OnTurnEnd = at => saved = at;
        var running = Task.Run(() => new JobTrainer(Plan, stalling, KernelPath.Portable, 2, observer).Run(null, CancellationToken.None), CancellationToken.None);
        await stalling.Stalled.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await stop.CancelAsync();
        await running.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var resumed = Jobs.Run(Plan, Rows, KernelPath.Portable, 1, observer.Checkpoint);
        var whole = Jobs.Run(Plan, Rows, KernelPath.Portable, 1);
        Assert.Equal(position, saved);
        Assert.All(Plan.Lanes, lane => Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial)));
    }

    [Fact]
    public async Task Run_CancelledWhileRowsAreWaitedFor_EndsWithoutACheckpoint()
    {
        using var cancel = new CancellationTokenSource();
        var stalling = new StallingRows(Rows, 1);
        var observer = new RecordingObserver([1, 2]);
        var running = Task.Run(() => new JobTrainer(Plan, stalling, KernelPath.Portable, 2, observer).Run(null, cancel.Token), CancellationToken.None);
        await stalling.Stalled.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Null(observer.Checkpoint);
    }
}
