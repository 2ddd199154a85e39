using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>Trains as a test says and keeps what it was given.</summary>
internal sealed class ScriptedTrainer
{
    private readonly Lock _lock = new();
    private readonly List<byte[]?> _checkpoints = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Action<ITrainingObserver, Stream?, CancellationToken> Script { get; set; } = (_, _, _) => { };

    public Task Started => _started.Task;

    public TrainingPlan? Plan { get; private set; }

    public string? KernelPath { get; private set; }

    /// <summary>Content of the checkpoint of each run; null without one.</summary>
    public IReadOnlyList<byte[]?> Checkpoints
    {
        get
        {
            lock (_lock)
            {
                return [.. _checkpoints];
            }
        }
    }

    public TrainJob Train => (plan, _, kernelPath, _, observer, checkpoint, cancellationToken) =>
    {
        Plan = plan;
        KernelPath = kernelPath;
        lock (_lock)
        {
            _checkpoints.Add(Read(checkpoint));
        }

        _started.TrySetResult();
        Script(observer, checkpoint, cancellationToken);
    };

    /// <summary>Turns as the real trainer makes them, until the observer wants no more.</summary>
    public static void TurnUntilStopped(ITrainingObserver observer, CancellationToken cancellationToken)
    {
        for (var position = 1L; ; position++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var directive = observer.AtTurnEnd(position, position);
            if (directive is TrainingDirective.Checkpoint or TrainingDirective.CheckpointAndStop)
            {
                var bytes = BitConverter.GetBytes(position);
                observer.SaveCheckpoint(position, stream => stream.Write(bytes));
            }

            if (directive is TrainingDirective.Stop or TrainingDirective.CheckpointAndStop)
            {
                return;
            }

            Thread.Yield();
        }
    }

    private static byte[]? Read(Stream? stream)
    {
        if (stream is null)
        {
            return null;
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
