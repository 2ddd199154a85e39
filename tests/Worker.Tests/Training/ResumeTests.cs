using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>A run that was cut and resumed from its checkpoint is the uninterrupted run, bit for bit.</summary>
public sealed class ResumeTests
{
    private static readonly ArrayRows Rows = Jobs.Rows();

    [Fact]
    public void Run_ResumedAtAnyPosition_IsTheUninterruptedRun()
    {
        var settings = Gen.Select(Gen.Int[0, Jobs.Models.Count - 1].Select(index => Jobs.Models.Values.ElementAt(index)), Gen.Int[1, 60], Gen.Int[1, 4], Gen.Int[1, 600], Gen.Int[1, 5]);
        settings.Sample((model, batchSize, epochs, stopAt, lanes) =>
        {
            var rows = Jobs.RowsFor(model);
            var plan = Jobs.Plan(model, batchSize, epochs, [.. Enumerable.Range(1, lanes).Select(Jobs.Lane)]);
            var whole = Jobs.Run(plan, rows, KernelPath.Portable, 1);
            var cut = Jobs.Run(plan, rows, KernelPaths.Supported()[0], 2, stopAt: stopAt);
            if (cut.Checkpoint is null)
            {
                return;
            }

            var resumed = Jobs.Run(plan, rows, KernelPaths.Supported()[0], 2, cut.Checkpoint);

            foreach (var lane in plan.Lanes.Where(lane => !cut.Outcomes.ContainsKey(lane.Trial)))
            {
                Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial));
            }
        }, iter: 120);
    }

    [Fact]
    public void Run_MixedJobResumedAtAnyPosition_IsTheUninterruptedRun() =>
        Gen.Select(Gen.Int[1, 36].Array[1, 6], Gen.Int[1, 500]).Sample((trials, stopAt) =>
        {
            var plan = Jobs.Plan([.. trials.Distinct().Select(Jobs.MixedLane)]);
            var whole = Jobs.Run(plan, Rows, KernelPath.Portable, 1);
            var cut = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], 2, stopAt: stopAt);
            if (cut.Checkpoint is null)
            {
                return;
            }

            var resumed = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], 2, cut.Checkpoint);

            foreach (var lane in plan.Lanes.Where(lane => !cut.Outcomes.ContainsKey(lane.Trial)))
            {
                Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial));
            }
        }, iter: 60);

    [Theory]
    [InlineData(80)]
    [InlineData(173)]
    public void Run_CutAndResumed_CountsEveryRowOnce(long stopAt)
    {
        var plan = Jobs.Plan(Jobs.Softmax, 16, 2, Jobs.Lane(1), Jobs.Lane(2));
        var cut = Jobs.Run(plan, Rows, KernelPath.Portable, 1, stopAt: stopAt);
        var resumed = Jobs.Run(plan, Rows, KernelPath.Portable, 1, cut.Checkpoint);

        Assert.Equal(2 * 2 * Rows.TrainRows, cut.LaneRows + resumed.LaneRows);
    }

    [Fact]
    public void Run_DamagedCheckpoint_IsRefused()
    {
        var plan = Jobs.Plan(Jobs.Mlp, 16, 2, Jobs.Lane(1));
        var bytes = Jobs.Run(plan, Rows, KernelPath.Portable, 1, stopAt: 80).Checkpoint!.ToArray();

        Gen.Int[0, bytes.Length - 1].Sample(position =>
        {
            var damaged = bytes.ToArray();
            damaged[position] ^= 0x10;
            Assert.Throws<MalformedDocumentException>(() => Jobs.Run(plan, Rows, KernelPath.Portable, 1, new MemoryStream(damaged)));
            Assert.Throws<MalformedDocumentException>(() => Jobs.Run(plan, Rows, KernelPath.Portable, 1, new MemoryStream(bytes[..position])));
        }, iter: 50);
    }

    [Fact]
    public void Run_CheckpointOfAnotherPlan_IsRefused()
    {
        var checkpoint = Jobs.Run(Jobs.Plan(Jobs.Mlp, 16, 2, Jobs.Lane(1)), Rows, KernelPath.Portable, 1, stopAt: 80).Checkpoint;

        var other = Jobs.Plan(Jobs.Mlp, 17, 2, Jobs.Lane(1));

        Assert.Throws<MalformedDocumentException>(() => Jobs.Run(other, Rows, KernelPath.Portable, 1, checkpoint));
    }

    [Fact]
    public void Run_TrialNoLongerWanted_IsDroppedAndChangesNoBit()
    {
        var plan = Jobs.Plan(Jobs.Mlp, 1, 4, Jobs.Lane(1), Jobs.Lane(2));
        var observer = new RecordingObserver([1, 2]);
        observer.OnTurnEnd = position => observer.Wanted.Remove(position > 100 ? 2 : 0);

        new JobTrainer(plan, Rows, KernelPath.Portable, 1, observer).Run(null, CancellationToken.None);

        Assert.False(observer.Outcomes.ContainsKey(2));
        Assert.Equal(Jobs.Run(Jobs.Plan(Jobs.Mlp, 1, 4, Jobs.Lane(1)), Rows, KernelPath.Portable, 1).Transcript(1), observer.Transcript(1));
    }
}
