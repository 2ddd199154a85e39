using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Lanes measure at their rungs, wait, and go on as if there had been none.</summary>
public sealed class RungTests
{
    // 173 rows in batches of 2 make 87 steps an epoch, 348 in all: rungs at 87, the end of the first epoch, and 174 by a factor of 2.
    private static readonly TrainingSpec Training = new(4, 2, 11);
    private static readonly PruningSpec Halves = new PruningSpec.SuccessiveHalving(2);
    private static readonly PruningSpec Thirds = new PruningSpec.SuccessiveHalving(3);

    private static readonly ArrayRows Rows = Jobs.Rows();

    [Fact]
    public void Run_RungAtAnEpochsEnd_IsMeasuredOnAllRowsBesideTheEvaluation()
    {
        var job = Jobs.Run(Plan(Halves, Lane(1)), Rows, KernelPath.Portable, 1);

        var rungs = job.Measurements.OfType<Measurement.Rung>().ToArray();
        Assert.Equal([(87, 41), (174, 41)], rungs.Select(rung => (rung.Step, rung.Rows)));
        Assert.All(rungs, rung => Assert.Equal(
            job.Measurements.OfType<Measurement.Evaluation>().Single(evaluation => evaluation.Step == rung.Step).Metrics, rung.Metrics));
    }

    [Fact]
    public void Run_RungInsideAnEpoch_IsMeasuredThereAndIsNoEvaluation()
    {
        var positions = new List<long>();
        var observer = new RecordingObserver([1]) { OnRung = positions.Add };

        new JobTrainer(Plan(Thirds, Lane(1)), Rows, KernelPath.Portable, 1, observer).Run(null, CancellationToken.None);

        // A third of 348 steps is 116: 29 steps, 58 rows, into the second epoch.
        var rung = Assert.Single(observer.Measurements.OfType<Measurement.Rung>());
        Assert.Equal((116, 41), (rung.Step, rung.Rows));
        Assert.Equal([173L + 58], positions);
        Assert.Equal([87, 174, 261, 348], observer.Measurements.OfType<Measurement.Evaluation>().Select(evaluation => evaluation.Step));
    }

    [Fact]
    public void Run_SurvivorsOfPruning_HaveTheBitsOfTheUnprunedRun() =>
        Gen.Select(Gen.Int[1, 36].Array[2, 6], Gen.Int[1, 3], Gen.Int[2, 5], Gen.Int[1, 600]).Sample((trials, threads, factor, stopAt) =>
        {
            LaneSpec[] lanes = [.. trials.Distinct().Select(Jobs.MixedLane).Select(lane => Jobs.With(lane, lane.Parameters.Model, lane.Parameters.Training with { Epochs = 4 + (lane.Trial % 3), BatchSize = 1 + (lane.Trial % 4) }))];
            var unpruned = Jobs.Run(Jobs.Plan(lanes), Rows, KernelPath.Portable, 1);
            var plan = Jobs.Plan(lanes) with { Pruning = new PruningSpec.SuccessiveHalving(factor) };

            var pruned = new RecordingObserver(plan.Lanes.Select(lane => lane.Trial));
            pruned.OnRung = _ => pruned.Wanted.Remove(lanes[0].Trial);
            new JobTrainer(plan, Rows, KernelPaths.Supported()[0], threads, pruned).Run(null, CancellationToken.None);
            var cut = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], threads, stopAt: stopAt);

            foreach (var lane in lanes.Where(lane => pruned.Wanted.Contains(lane.Trial)))
            {
                Assert.Equal(unpruned.Transcript(lane.Trial), WithoutRungs(pruned, lane.Trial));
            }

            if (cut.Checkpoint is not null)
            {
                var whole = Jobs.Run(plan, Rows, KernelPath.Portable, 1);
                var resumed = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], threads, cut.Checkpoint);
                foreach (var lane in lanes.Where(lane => !cut.Outcomes.ContainsKey(lane.Trial)))
                {
                    Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial));
                }
            }
        }, iter: 40);

    [Fact]
    public void Run_Rung_IsTheSameInAnyCrowdAndTurnSize()
    {
        LaneSpec[] lanes = [.. Enumerable.Range(1, 6).Select(Lane)];
        var crowd = Jobs.Run(Plan(Thirds, lanes), Rows, KernelPaths.Supported()[0], 2);

        foreach (var lane in lanes)
        {
            Assert.Equal(Jobs.Run(Plan(Thirds, lane), Rows, KernelPath.Portable, 1).Transcript(lane.Trial), crowd.Transcript(lane.Trial));
        }
    }

    [Fact]
    public void Run_PrunedAtARung_TrainsNoFurtherStep()
    {
        var observer = new RecordingObserver([1, 2]);
        observer.OnRung = _ => observer.Wanted.Remove(2);

        new JobTrainer(Plan(Thirds, Lane(1), Lane(2)), Rows, KernelPath.Portable, 1, observer).Run(null, CancellationToken.None);

        Assert.Equal(116, observer.Measurements.Where(measurement => measurement.Trial == 2).Max(measurement => measurement.Step));
        Assert.Equal([1], observer.Outcomes.Keys);
    }

    [Fact]
    public void Run_AllPrunedAtARung_Ends()
    {
        var observer = new RecordingObserver([1]);
        observer.OnRung = _ => observer.Wanted.Clear();

        new JobTrainer(Plan(Thirds, Lane(1)), Rows, KernelPath.Portable, 1, observer).Run(null, CancellationToken.None);

        Assert.Empty(observer.Outcomes);
        Assert.Single(observer.Measurements.OfType<Measurement.Rung>());
    }

    [Fact]
    public void Run_StoppedWhileItWaits_ResumesAtTheRungAndAsksAgain()
    {
        var plan = Plan(Thirds, Lane(1), Lane(2));
        var whole = Jobs.Run(plan, Rows, KernelPath.Portable, 1);
        var stopped = Jobs.Run(plan, Rows, KernelPath.Portable, 1, stopAt: 173 + 58);
        var asked = new List<long>();
        var resumed = new RecordingObserver([1, 2]) { OnRung = asked.Add };

        new JobTrainer(plan, Rows, KernelPath.Portable, 1, resumed).Run(stopped.Checkpoint, CancellationToken.None);

        Assert.Equal(173 + 58, asked[0]);
        Assert.Equal([1, 2], resumed.Measurements.TakeWhile(measurement => measurement.Step <= 116).OfType<Measurement.Rung>().Select(rung => rung.Trial).Distinct());
        Assert.All(plan.Lanes, lane => Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial)));
    }

    [Fact]
    public void Run_ManyValidationRows_MeasuresInsideAnEpochOnAFixedPart()
    {
        var rows = new ArrayRows(featureCount: 5, classCount: 5, trainRows: 173, validationRows: 10_000);

        var rung = Jobs.Run(Plan(Thirds, Lane(1)), rows, KernelPath.Portable, 1).Measurements.OfType<Measurement.Rung>().Single();

        Assert.Equal(RungRows.Most, rung.Rows);
    }

    [Fact]
    public void RungRows_AnyNumberOfRows_AreAsManyAsSaid() => Gen.Long[1, 30_000].Sample(validationRows =>
    {
        var rungRows = new RungRows(validationRows);

        var chosen = Enumerable.Range(0, (int)validationRows).Where(row => rungRows.Contains(row)).ToArray();

        Assert.Equal(rungRows.Count, chosen.Length);
        Assert.Equal(Math.Min(validationRows, 4096), chosen.Length);
    }, iter: 30);

    private static LaneSpec Lane(int trial) => Jobs.With(Jobs.Lane(trial) with { Parameters = Jobs.Lane(trial).Parameters with { Schedule = new ScheduleSettings.Constant() } }, Jobs.Softmax, Training);

    private static TrainingPlan Plan(PruningSpec pruning, params LaneSpec[] lanes) => Jobs.Plan(lanes) with { Pruning = pruning };

    private static string WithoutRungs(RecordingObserver job, int trial)
    {
        job.Measurements.RemoveAll(measurement => measurement is Measurement.Rung);
        return job.Transcript(trial);
    }
}
