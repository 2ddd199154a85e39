using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Packing;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning.Packing;

public sealed class JobPackerTests
{
    // Two features, so reading costs next to nothing, and up to 10 million, of which one lane is wider than the memory of a slot.
    private static readonly DataShape Data = new(Features: 2, Classes: 3, TrainRows: 1000, ValidationRows: 100);
    private static readonly Gen<DataShape> AnyData = Gen.Double[0, 7].Select(exponent => Data with { Features = (int)Math.Pow(10, exponent) });

    [Fact]
    public void Pack_FourRatesInJobsOfTwo_DealsLowAndHighRatesToBoth()
    {
        var spec = WithJobsOf(2, rates: 4);

        Assert.Equal([[1, 3], [2, 4]], Pack(spec, 1));
    }

    [Fact]
    public void Pack_OptimizersWithRatesOfTheirOwn_DealsByRateNotByNumber()
    {
        var spec = WithJobsOf(2, rates: 1) with
        {
            Optimizers =
            [
                new OptimizerChoice(new OptimizerSettings.Sgd(), new LearningRateGrid.List([0.1, 1])),
                new OptimizerChoice(new OptimizerSettings.Adam(), new LearningRateGrid.List([0.01, 0.5])),
            ],
        };

        // By rate: trial 3 (0.01), 1 (0.1), 4 (0.5), 2 (1).
        Assert.Equal([[3, 4], [1, 2]], Pack(spec, 1));
    }

    [Fact]
    public void Pack_Auto_MakesAJobForEverySlot()
    {
        var spec = WithJobsOf(null, rates: 7);

        Assert.Equal([3, 2, 2], Pack(spec, 3).Select(job => job.Count));
    }

    [Fact]
    public void Pack_AutoWithFewerTrialsThanSlots_MakesAJobPerTrial()
    {
        var spec = WithJobsOf(null, rates: 2) with { Repeats = 2 };

        Assert.Equal([[1], [3], [2], [4]], Pack(spec, int.MaxValue));
    }

    [Fact]
    public void Pack_AutoWithWideLanes_HoldsNoMoreThanTheMemoryOfASlot()
    {
        var spec = WithJobsOf(null, rates: 8);

        // 3 million features are 192 MB a lane, its outputs filled up to 16, and 72 MB of its columns; a thousand rows of them leave a quarter of 4 GiB to the lanes.
        var packed = JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], new WorkerSlots(1, 1, 4L << 30), Data with { Features = 3_000_000 });

        Assert.Equal([4, 4], packed.Jobs.Select(job => job.Count));
        Assert.Equal(PackedBy.Memory, packed.By);
    }

    [Fact]
    public void Pack_AutoWithNarrowAndWideLanes_FillsJobsByWhatTheyHold()
    {
        var spec = WithJobsOf(null, rates: 1) with
        {
            Optimizers = [new OptimizerChoice(new OptimizerSettings.Sgd(), new LearningRateGrid.List([0.1, 0.2, 0.3])), new OptimizerChoice(new OptimizerSettings.Adam(), new LearningRateGrid.List([0.15]))],
        };

        // 264 MB for a lane of sgd, 720 MB for one of adam. By adam's, a job would have one lane.
        var packed = JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], new WorkerSlots(1, 1, 4L << 30), Data with { Features = 3_000_000 });

        Assert.Equal([[1, 2], [3, 4]], packed.Jobs);
    }

    [Fact]
    public void Pack_AutoWhereMemoryAsksForASecondRound_FillsIt()
    {
        var spec = WithJobsOf(null, rates: 20);
        var packed = JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], new WorkerSlots(4, 1, 4L << 30), Data with { Features = 3_000_000 });

        // Five jobs of four lanes would leave three slots idle in the second round; seven have three lanes at most, as eight would.
        Assert.Equal(7, packed.Jobs.Count);
        Assert.Equal(PackedBy.Memory, packed.By);
    }

    [Fact]
    public void Pack_AutoWhereReadingTakesLongerThanTraining_SparesPasses()
    {
        var spec = WithJobsOf(null, rates: 4) with { Model = new ModelSpec.Linear() };

        // A row of 1,000 features takes a microsecond to read; each of 1,000 threads would train one lane.
        var packed = JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], new WorkerSlots(4, 1000), Data with { Features = 1000 });

        Assert.Single(packed.Jobs);
        Assert.Equal(PackedBy.Reading, packed.By);
    }

    [Theory]
    [InlineData(null, 1, PackedBy.OnePass)]
    [InlineData(null, 3, PackedBy.Slots)]
    [InlineData(3, 3, PackedBy.SweepFile)]
    public void Pack_Sweep_SaysWhatDecided(int? trialsPerJob, int slots, PackedBy expected)
    {
        var spec = WithJobsOf(trialsPerJob, rates: 7);

        Assert.Equal(expected, JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], new WorkerSlots(slots), Data).By);
    }

    [Fact]
    public void Pack_LargestTrialsPerJob_MakesOneJob()
    {
        var spec = WithJobsOf(int.MaxValue, rates: 3);

        Assert.Equal([[1, 2, 3]], Pack(spec, 1));
    }

    [Fact]
    public void Pack_ModelsAndBatchSizes_DealsEachToEveryJob()
    {
        var spec = WithJobsOf(3, rates: 2) with
        {
            Model = new ModelSpec.Mlp([4], Activation.Relu),
            OtherVariants =
            [
                new SweepVariant(new ModelSpec.Mlp([4], Activation.Relu), new TrainingSpec(1, 64, 0)),
                new SweepVariant(new ModelSpec.Mlp([9], Activation.Relu), new TrainingSpec(1, 2, 0)),
            ],
        };

        // By size and batch: 5 and 6 (nine units), 1 and 2 (batches of 2), 3 and 4; one of each, and one rate of each, to a job.
        Assert.Equal([[1, 3, 5], [2, 4, 6]], Pack(spec, 1));
    }

    [Fact]
    public void Pack_OtherSeedOrEpochs_TakesAnotherPass()
    {
        var spec = WithJobsOf(null, rates: 2) with
        {
            OtherVariants = [new SweepVariant(new ModelSpec.Softmax(), new TrainingSpec(1, 2, 1)), new SweepVariant(new ModelSpec.Softmax(), new TrainingSpec(2, 2, 0))],
        };

        Assert.Equal([[1, 2], [3, 4], [5, 6]], Pack(spec, 1));
    }

    [Fact]
    public void Pack_NoTrials_MakesNoJobs() => Assert.Empty(JobPacker.Pack(WithJobsOf(null, rates: 1), [], new WorkerSlots(4), Data).Jobs);

    [Fact]
    public void Pack_AnySweep_PutsEveryTrialInExactlyOneJob() =>
        Check((_, trials, jobs, _) => Assert.Equal(Enumerable.Range(1, trials.Length), jobs.SelectMany(job => job).Order()));

    [Fact]
    public void Pack_AnySweep_MakesNoEmptyJob() =>
        Check((_, _, jobs, _) => Assert.DoesNotContain(jobs, job => job.Count == 0));

    [Fact]
    public void Pack_AnySweep_KeepsOrdersOfRowsAndNumbersOfEpochsApart() =>
        Check((_, trials, jobs, _) => Assert.All(jobs, job => Assert.Single(job
            .Select(number => trials[number - 1].Parameters)
            .Select(parameters => (TrialSeeds.For(parameters.Training, parameters.Repeat).DataOrder, parameters.Training.Epochs))
            .Distinct())));

    [Fact]
    public void Pack_AnySweep_StaysWithinTrialsPerJobOrElseTheMemoryOfASlot() =>
        Check((spec, trials, jobs, data) => Assert.All(jobs, job =>
        {
            var memory = JobMemory.Of([.. job.Select(number => trials[number - 1])], data, spec.Objective.Use, threads: 1);
            Assert.True(spec.Execution.TrialsPerJob is { } most
                ? job.Count <= most
                : job.Count == 1 || memory.Total <= WorkerSlots.DefaultMemoryBytes || memory.Lanes <= WorkerSlots.DefaultMemoryBytes / 4);
        }));

    [Fact]
    public void Pack_AnySweep_MakesJobsOfAPassAlikeInWidth() =>
        Check((_, trials, jobs, _) => Assert.All(
            jobs.GroupBy(job => JobPacker.FusionKey(trials[job[0] - 1])),
            pass => Assert.InRange(pass.Max(job => job.Count) - pass.Min(job => job.Count), 0, 1)));

    [Fact]
    public void Pack_TrialsInAnotherOrder_MakesTheSameJobs() =>
        Gen.Select(Some.AnySweep, Gen.Int[1, 40], AnyData, Gen.Int).Sample((spec, slots, data, seed) =>
        {
            var trials = TrialExpander.Expand(spec).ToArray();
            var shuffled = trials.OrderBy(trial => KeyedRandom.Bits(seed, RandomPurpose.ShardOrder, 0, trial.Number)).ToArray();

            Assert.Equal(JobPacker.Pack(spec, trials, new WorkerSlots(slots), data).Jobs, JobPacker.Pack(spec, shuffled, new WorkerSlots(slots), data).Jobs);
        });

    private static void Check(Action<SweepSpec, Trial[], IReadOnlyList<IReadOnlyList<int>>, DataShape> property) =>
        Gen.Select(Some.AnySweep, Gen.Int[1, 40], AnyData).Sample((spec, slots, data) =>
        {
            var trials = TrialExpander.Expand(spec).ToArray();
            property(spec, trials, JobPacker.Pack(spec, trials, new WorkerSlots(slots), data).Jobs, data);
        });

    private static IReadOnlyList<IReadOnlyList<int>> Pack(SweepSpec spec, int slots) =>
        JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], new WorkerSlots(slots), Data).Jobs;

    private static SweepSpec WithJobsOf(int? trialsPerJob, int rates) =>
        Some.Sweep(rates) with { Execution = new ExecutionSpec(null, trialsPerJob, 5, "auto") };
}
