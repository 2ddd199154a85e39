using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class JobPackerTests
{
    // Up to a lane that alone is wider than the limit.
    private static readonly Gen<long> Parameters = Gen.Double[0, 9].Select(exponent => (long)Math.Pow(10, exponent));

    [Fact]
    public void Pack_FourRatesInJobsOfTwo_DealsLowAndHighRatesToBoth()
    {
        var spec = WithJobsOf(2, rates: 4);

        Assert.Equal([[1, 3], [2, 4]], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], 1, _ => 10));
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
        Assert.Equal([[3, 4], [1, 2]], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], 1, _ => 10));
    }

    [Fact]
    public void Pack_Auto_MakesAJobForEverySlot()
    {
        var spec = WithJobsOf(null, rates: 7);

        Assert.Equal([3, 2, 2], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], 3, _ => 10).Select(job => job.Count));
    }

    [Fact]
    public void Pack_AutoWithFewerTrialsThanSlots_MakesAJobPerTrial()
    {
        var spec = WithJobsOf(null, rates: 2) with { Repeats = 2 };

        Assert.Equal([[1], [3], [2], [4]], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], int.MaxValue, _ => 10));
    }

    [Fact]
    public void Pack_AutoWithWideLanes_HoldsNoMoreThanTheMemoryLimit()
    {
        var spec = WithJobsOf(null, rates: 8);

        // 2^26 parameters × 4 bytes = 256 MiB a lane of sgd; the limit of 1 GiB holds 4.
        Assert.Equal([4, 4], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], 1, _ => 1 << 26).Select(job => job.Count));
    }

    [Fact]
    public void Pack_LargestTrialsPerJob_MakesOneJob()
    {
        var spec = WithJobsOf(int.MaxValue, rates: 3);

        Assert.Equal([[1, 2, 3]], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], 1, _ => 10));
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
        Assert.Equal([[1, 3, 5], [2, 4, 6]], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], 1, model => ((ModelSpec.Mlp)model).Hidden[0]));
    }

    [Fact]
    public void Pack_OtherSeedOrEpochs_TakesAnotherPass()
    {
        var spec = WithJobsOf(null, rates: 2) with
        {
            OtherVariants = [new SweepVariant(new ModelSpec.Softmax(), new TrainingSpec(1, 2, 1)), new SweepVariant(new ModelSpec.Softmax(), new TrainingSpec(2, 2, 0))],
        };

        Assert.Equal([[1, 2], [3, 4], [5, 6]], JobPacker.Pack(spec, [.. TrialExpander.Expand(spec)], 1, _ => 10));
    }

    [Fact]
    public void Pack_NoTrials_MakesNoJobs() => Assert.Empty(JobPacker.Pack(WithJobsOf(null, rates: 1), [], 4, _ => 10));

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
    public void Pack_AnySweep_StaysWithinTrialsPerJobOrElseTheMemoryLimit() =>
        Check((spec, trials, jobs, parameters) => Assert.All(jobs, job =>
        {
            var bytes = job.Sum(number => LaneMemory.Bytes(parameters, trials[number - 1].Parameters.Optimizer));
            Assert.True(spec.Execution.TrialsPerJob is { } most ? job.Count <= most : job.Count == 1 || bytes <= LaneMemory.DefaultLimitBytes);
        }));

    [Fact]
    public void Pack_AnySweep_MakesJobsOfAPassAlikeInWidth() =>
        Check((_, trials, jobs, _) => Assert.All(
            jobs.GroupBy(job => JobPacker.FusionKey(trials[job[0] - 1])),
            pass => Assert.InRange(pass.Max(job => job.Count) - pass.Min(job => job.Count), 0, 1)));

    [Fact]
    public void Pack_TrialsInAnotherOrder_MakesTheSameJobs() =>
        Gen.Select(Some.AnySweep, Gen.Int[1, 40], Parameters, Gen.Int).Sample((spec, slots, parameters, seed) =>
        {
            var trials = TrialExpander.Expand(spec).ToArray();
            var shuffled = trials.OrderBy(trial => KeyedRandom.Bits(seed, RandomPurpose.ShardOrder, 0, trial.Number)).ToArray();

            Assert.Equal(JobPacker.Pack(spec, trials, slots, _ => parameters), JobPacker.Pack(spec, shuffled, slots, _ => parameters));
        });

    private static void Check(Action<SweepSpec, Trial[], IReadOnlyList<IReadOnlyList<int>>, long> property) =>
        Gen.Select(Some.AnySweep, Gen.Int[1, 40], Parameters).Sample((spec, slots, parameters) =>
        {
            var trials = TrialExpander.Expand(spec).ToArray();
            property(spec, trials, JobPacker.Pack(spec, trials, slots, _ => parameters), parameters);
        });

    private static SweepSpec WithJobsOf(int? trialsPerJob, int rates) =>
        Some.Sweep(rates) with { Execution = new ExecutionSpec(null, trialsPerJob, 5, "auto") };
}
