using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>
/// A training step works in the buffers that its lane and its thread already have. Runs beside no other test: while other threads allocate,
/// the thread's counter now and then moves by up to 8 KB under code that allocates nothing.
/// </summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    public static TheoryData<string, int> Steps() => new MatrixTheoryData<string, int>(Jobs.Models.Keys, Enumerable.Range(0, Jobs.Optimizers.Length));

    [Theory]
    [MemberData(nameof(Steps))]
    public void Train_AfterWarmUp_AllocatesNothing(string model, int optimizer)
    {
        // A hundred epochs of 11 steps have 20 windows; what a window's end adds is a measurement, so these epochs keep clear of one.
        var rows = Jobs.RowsFor(Jobs.Models[model]);
        var training = new TrainingSpec(Epochs: 100, BatchSize: 16, Seed: 1, GradientClip: optimizer % 2 == 0 ? null : 0.1);
        var windowEnds = MeasurementEpochs(training, rows);
        var schedule = Jobs.Schedules[optimizer % Jobs.Schedules.Length];
        foreach (var path in KernelPaths.Supported())
        {
            // Training is deterministic: what it allocates, it allocates again in the same epoch of the same trial. Noise of the counter does not come back.
            var allocating = EpochsThatAllocate();
            for (var again = 0; again < 3 && allocating.Count > 0; again++)
            {
                allocating.IntersectWith(EpochsThatAllocate());
            }

            Assert.True(allocating.Count == 0, $"Epochs {string.Join(", ", allocating.Order())} allocate on {path}.");

            HashSet<int> EpochsThatAllocate()
            {
                var solo = new SoloLane(Jobs.Models[model], training, Jobs.Parameters(0.01, Jobs.Optimizers[optimizer], schedule), rows, path);
                var found = new HashSet<int>();
                for (var epoch = 0; epoch < 12; epoch++)
                {
                    solo.ReadEpoch(epoch);
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    solo.TrainOnRead();
                    if (GC.GetAllocatedBytesForCurrentThread() != before && epoch >= 2 && !windowEnds.Contains(epoch))
                    {
                        found.Add(epoch);
                    }
                }

                return found;
            }
        }
    }

    [Theory]
    [InlineData("linear", 16)]
    [InlineData("logistic", 3)]
    [InlineData("softmax", 50)]
    public void Train_CrowdAfterWarmUp_AllocatesNothing(string name, int batchSize)
    {
        var (model, rows) = (Jobs.Models[name], Jobs.RowsFor(Jobs.Models[name]));
        var training = new TrainingSpec(Epochs: 100, batchSize, Seed: 1);
        var windowEnds = MeasurementEpochs(training, rows);
        var network = Network.Of(model, rows, KernelPaths.KernelsOf(KernelPaths.Supported()[0]));
        var (shape, scratch) = (TrainingShape.Of(training, rows.TrainRows, double.MaxValue), new Scratch(network.Layout));
        var tile = new RowTile((int)rows.TrainRows, rows.FeatureCount);

        // As above: what is no noise comes back.
        var allocating = EpochsThatAllocate();
        for (var again = 0; again < 3 && allocating.Count > 0; again++)
        {
            allocating.IntersectWith(EpochsThatAllocate());
        }

        Assert.Empty(allocating);

        HashSet<int> EpochsThatAllocate()
        {
            var lanes = Enumerable.Range(1, 20).Select(trial => new Lane(
                Jobs.With(new LaneSpec(trial, 1, Jobs.Parameters(1e-3 * trial, new OptimizerSettings.Adam(), new ScheduleSettings.Cosine(0))), model, training), network, shape)).ToArray();
            var crowd = Assert.IsType<Crowd>(LaneWorks.Of(lanes, 1, []).Single(), exactMatch: false);
            var found = new HashSet<int>();
            for (var epoch = 0; epoch < 12; epoch++)
            {
                using var reader = rows.OpenEpoch(epoch, 0);
                reader.Read(tile);
                var before = GC.GetAllocatedBytesForCurrentThread();
                crowd.Train(tile, 0, tile.Count, 0, scratch);
                if (GC.GetAllocatedBytesForCurrentThread() != before && epoch >= 2 && !windowEnds.Contains(epoch))
                {
                    found.Add(epoch);
                }
            }

            return found;
        }
    }

    private static HashSet<int> MeasurementEpochs(TrainingSpec training, ArrayRows rows)
    {
        var plan = MeasurementPlan.Create(training, rows.TrainRows);
        return [.. plan.WindowEnds.Select(end => (int)((end - 1) / plan.StepsPerEpoch))];
    }
}
