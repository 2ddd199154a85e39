using CloudSweep.Benchmarks.Harness;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Lanes;

/// <summary>Trains a plan to its end with nobody who listens.</summary>
internal sealed class LaneRun(TrainingPlan plan) : ITrainingObserver
{
    public IReadOnlySet<int> OpenTrials { get; } = plan.Lanes.Select(lane => lane.Trial).ToHashSet();

    public int Diverged { get; private set; }

    /// <summary>Time of the training, with what it makes ready first: lanes, buffers, threads.</summary>
    public static Timing Measure(TrainingPlan plan, ITrainingRows rows, int threads)
    {
        var run = new LaneRun(plan);
        var measured = Timing.Of(() => new JobTrainer(plan, rows, KernelPaths.Supported()[0], threads, run).Run(null, CancellationToken.None));
        return run.Diverged == 0 ? measured : throw new InvalidOperationException($"{run.Diverged} lanes diverged: they trained less than is counted.");
    }

    /// <summary>Lanes of one model and optimizer at rates that do not diverge.</summary>
    public static TrainingPlan Plan(ModelSpec model, TrainingSpec training, OptimizerSettings optimizer, int lanes, double baselineLoss)
    {
        var specs = Enumerable.Range(0, lanes).Select(index => new LaneSpec(
            index + 1, 1, new TrialParameters(1e-4 * (1 + index), optimizer, new ScheduleSettings.Constant(), 0, index, model, training)));
        return new TrainingPlan([.. specs], baselineLoss);
    }

    public void Measured(Measurement measurement)
    {
    }

    public void SaveModel(int trial, long step, Action<Stream> write)
    {
    }

    public void Ended(TrialOutcome outcome) => Diverged += outcome.State == TrialState.Diverged ? 1 : 0;

    public void AwaitDecision(long position, long laneRows)
    {
    }

    public TrainingDirective AtTurnEnd(long position, long laneRows) => TrainingDirective.Continue;

    public void AtEnd(long position, long laneRows)
    {
    }

    public void SaveCheckpoint(long position, Action<Stream> write)
    {
    }
}
