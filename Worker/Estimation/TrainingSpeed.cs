using System.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Estimation;

/// <summary>Measures how fast this machine trains lanes of a sweep, on noise and for a fraction of a second.</summary>
public static class TrainingSpeed
{
    // Too small to diverge.
    private const double HarmlessRate = 1e-9;
    private const int MaxLanes = 32;
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);

    /// <returns>Training rows per second, summed over lanes.</returns>
    /// <param name="trials">Trials that share a job, at least one; at most 32 of them are taken, from all over it.</param>
    /// <param name="features">Feature columns, ≥ 1.</param>
    /// <param name="classes">Classes, ≥ 2.</param>
    /// <param name="threads">Training threads, ≥ 1.</param>
    public static double Measure(IReadOnlyList<Trial> trials, int features, int classes, int threads)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var rows = new NoiseRows(features, classes);
        var every = (trials.Count + MaxLanes - 1) / MaxLanes;
        var lanes = trials.Where((_, index) => index % every == 0).Select(trial => new LaneSpec(trial.Number, 1, Harmless(trial.Parameters, rows.TrainRows))).ToArray();
        var watch = new SpeedWatch(Budget, lanes.Select(lane => lane.Trial).ToHashSet());
        new JobTrainer(new TrainingPlan(lanes, Math.Log(classes)), rows, KernelPaths.Supported()[0], threads, watch).Run(null, CancellationToken.None);
        return watch.RowsPerSecond;
    }

    private static TrialParameters Harmless(TrialParameters parameters, long rows) => parameters with
    {
        LearningRate = HarmlessRate,
        Ramp = null,
        Training = parameters.Training with { Epochs = 1000, BatchSize = (int)Math.Min(parameters.Training.BatchSize ?? rows, rows) },
    };

    /// <summary>Stops the trainer when the time is over; the first turn, in which code is compiled, does not count.</summary>
    private sealed class SpeedWatch(TimeSpan budget, IReadOnlySet<int> trials) : ITrainingObserver
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private long _begin;
        private long _rowsAtBegin;

        public double RowsPerSecond { get; private set; }

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
            if (_begin == 0 || Stopwatch.GetElapsedTime(_start) < budget / 4)
            {
                (_begin, _rowsAtBegin) = (Stopwatch.GetTimestamp(), laneRows);
                return TrainingDirective.Continue;
            }

            RowsPerSecond = (laneRows - _rowsAtBegin) / Stopwatch.GetElapsedTime(_begin).TotalSeconds;
            return Stopwatch.GetElapsedTime(_start) < budget ? TrainingDirective.Continue : TrainingDirective.Stop;
        }

        public void AtEnd(long position, long laneRows)
        {
        }

        public void SaveCheckpoint(long position, Action<Stream> write)
        {
        }
    }
}
