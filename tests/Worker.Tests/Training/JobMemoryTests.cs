using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Packing;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>The planner's figure of what lanes and threads take, against what a trainer holds at the end of its first turn.</summary>
[Collection(nameof(AllocationTests))]
public sealed class JobMemoryTests
{
    private const int Threads = 2;

    // Below it buffers of no account, and what else this process does, would show.
    private const long LeastBytes = 20L << 20;

    private static readonly Dictionary<string, (ModelSpec Model, OptimizerSettings Optimizer, int? BatchSize, ScoreUse Use, int Lanes, int Features)> Cases = new()
    {
        ["adam"] = (new ModelSpec.Mlp([1024], Activation.Relu), new OptimizerSettings.Adam(), 32, ScoreUse.Final, 4, 700),
        ["gelu, best"] = (new ModelSpec.Mlp([512, 512], Activation.Gelu), new OptimizerSettings.Sgd(), 32, ScoreUse.Best, 6, 700),
        ["all rows"] = (new ModelSpec.Mlp([1024], Activation.Tanh), new OptimizerSettings.HeavyBall(), null, ScoreUse.Final, 4, 6000),
        ["softmax crowd"] = (new ModelSpec.Softmax(), new OptimizerSettings.Adam(), 32, ScoreUse.Final, 32, 5000),
        ["linear crowd"] = (new ModelSpec.Linear(), new OptimizerSettings.Sgd(), 32, ScoreUse.Final, 64, 8000),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_Job_IsAboutWhatTheTrainerHolds(string name)
    {
        var (model, optimizer, batchSize, use, lanes, features) = Cases[name];
        var rows = new ArrayRows(features, classCount: 5, trainRows: 512, validationRows: 8);
        var training = new TrainingSpec(2, batchSize, 0);
        LaneSpec[] specs = [.. Enumerable.Range(1, lanes).Select(trial => new LaneSpec(trial, 1, new TrialParameters(1e-9 * trial, optimizer, new ScheduleSettings.Constant(), 0, trial, model, training)))];
        var keepBest = use == ScoreUse.Best ? new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, use) : null;
        var shape = new DataShape(features, 5, rows.TrainRows, rows.ValidationRows);
        var expected = JobMemory.Of([.. specs.Select(spec => new Trial(spec.Trial, spec.Parameters))], shape, use, Threads);
        var watch = new MemoryWatch(specs.Select(spec => spec.Trial).ToHashSet());

        new JobTrainer(new TrainingPlan(specs, 2, keepBest), rows, KernelPaths.Supported()[0], Threads, watch).Run(null, TestContext.Current.CancellationToken);

        var tiles = 2 * JobMemory.TurnRows(shape.Features, shape.TrainRows) * features * sizeof(float);
        Assert.InRange(expected.Lanes, LeastBytes, long.MaxValue);
        Assert.InRange(watch.Held / (double)(expected.Lanes + expected.Threads + tiles), 0.75, 1.1);
    }

    /// <summary>Looks at the end of the first turn and stops there.</summary>
    private sealed class MemoryWatch(IReadOnlySet<int> trials) : ITrainingObserver
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);

        public long Held { get; private set; }

        public IReadOnlySet<int> OpenTrials => trials;

        public void Measured(Measurement measurement)
        {
        }

        public void SaveModel(int trial, long step, Action<Stream> write)
        {
        }

        public void Ended(TrialOutcome outcome)
        {
        }

        public void AwaitDecision(long position, long laneRows)
        {
        }

        public TrainingDirective AtTurnEnd(long position, long laneRows)
        {
            Held = GC.GetTotalMemory(forceFullCollection: true) - _before;
            return TrainingDirective.Stop;
        }

        public void AtEnd(long position, long laneRows)
        {
        }

        public void SaveCheckpoint(long position, Action<Stream> write)
        {
        }
    }
}
