using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Threads that have no lane left help with the large products of those that have: no bit shows it.</summary>
public sealed class SharedProductsTests
{
    private static readonly ModelSpec Wide = new ModelSpec.Mlp([600, 16], Activation.Relu);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_FewerWideLanesThanThreads_ChangesNoBit(int threads)
    {
        var rows = new ArrayRows(featureCount: 70, classCount: 5, trainRows: 500, validationRows: 300);
        foreach (var optimizer in new OptimizerSettings[] { new OptimizerSettings.Sgd(WeightDecay: 1e-3), new OptimizerSettings.Adam() })
        {
            var spec = new LaneSpec(1, 1, Jobs.Parameters(0.01, optimizer, new ScheduleSettings.Constant()));
            var plan = Jobs.Plan(Wide, 128, 2, spec);
            var alone = Jobs.Run(plan, rows, KernelPath.Portable, threads: 1);

            foreach (var path in KernelPaths.Supported())
            {
                Assert.Equal(alone.Transcript(1), Jobs.Run(plan, rows, path, threads).Transcript(1));
            }
        }
    }

    [Fact]
    public void CanShare_ByItsLargestProduct()
    {
        Assert.True(SharedProducts.CanShare(LaneOf(Wide, batchSize: 128)));
        Assert.False(SharedProducts.CanShare(LaneOf(Wide, batchSize: 8)));
        Assert.False(SharedProducts.CanShare(LaneOf(Jobs.Mlp, batchSize: 128)));
    }

    [Fact]
    public void Share_ThreadWithoutAPiece_DoesAPart()
    {
        using var crew = new LaneCrew(2, NewScratch);
        using var work = new Meeting(parties: 2);

        crew.Run(["the only piece"], (_, _) =>
        {
            SpinWait.SpinUntil(() => crew.HasIdle);
            crew.Share(work);
        });

        Assert.Equal([0, 1], work.Parts.Order());
        Assert.Equal(2, work.Threads.Distinct().Count());
    }

    [Fact]
    public void Share_PartThatFails_ThrowsWhereTheCrewWasRun()
    {
        using var crew = new LaneCrew(2, NewScratch);

        var thrown = Assert.Throws<InvalidOperationException>(() => crew.Run(["the only piece"], (_, _) =>
        {
            SpinWait.SpinUntil(() => crew.HasIdle);
            crew.Share(new Failing());
        }));

        Assert.Equal("part 1 of 2", thrown.Message);
    }

    private static Scratch NewScratch() => new(LaneOf(Jobs.Mlp, 16).Layout);

    private static Lane LaneOf(ModelSpec model, int batchSize)
    {
        var rows = new ArrayRows(featureCount: 70, classCount: 5, trainRows: 500, validationRows: 300);
        var training = new TrainingSpec(1, batchSize, 1);
        var network = Network.Of(model, rows, KernelPaths.KernelsOf(KernelPath.Portable));
        var spec = new LaneSpec(1, 1, Jobs.Parameters(0.01, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant()));
        return new Lane(Jobs.With(spec, model, training), network, TrainingShape.Of(training, rows.TrainRows, 1));
    }

    /// <summary>Parts that wait for each other: one thread could not do them one after the other.</summary>
    private sealed class Meeting(int parties) : ISharedWork, IDisposable
    {
        private readonly Barrier _barrier = new(parties);
        private readonly List<(int Part, int Thread)> _done = [];

        public IEnumerable<int> Parts => _done.Select(done => done.Part);

        public IEnumerable<int> Threads => _done.Select(done => done.Thread);

        public void Dispose() => _barrier.Dispose();

        public void RunPart(int part, int parts)
        {
            Assert.Equal(parties, parts);
            _barrier.SignalAndWait(TestContext.Current.CancellationToken);
            lock (_done)
            {
                _done.Add((part, Environment.CurrentManagedThreadId));
            }
        }
    }

    private sealed class Failing : ISharedWork
    {
        public void RunPart(int part, int parts)
        {
            if (part == 1)
            {
                throw new InvalidOperationException($"part {part} of {parts}");
            }
        }
    }
}
