using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.InMemory;
using CloudSweep.TestSupport.Objects;
using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Execution.Checkpoints;
using CloudSweep.Worker.Execution.Coordination;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>The execution side of a Worker over scripted neighbours.</summary>
internal sealed class WorkerParts : IDisposable
{
    public static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();

    public WorkerParts()
    {
        var worker = Options.Create(new WorkerOptions { Coordinator = "unix:/unused", Slots = 1, Threads = 2, DrainTimeout = DrainTimeout, QuietTime = QuietTime });
        var checkpointing = Options.Create(new CheckpointOptions { Location = "/unused", Interval = TimeSpan.FromSeconds(30) });
        Client = new CoordinatorClient(Coordinator, Some.Capabilities, Time);
        Checkpoints = new CheckpointStore(CheckpointObjects, "");
        Drain = new DrainWindow(DrainTimeout, Time, _stopping.Token);
        Queue = new InMemoryJobQueue(Time, TimeSpan.FromMinutes(10));
        Runner = new AttemptRunner(
            Client,
            new ProfileAttempt(Data, worker),
            new TrainAttempt(Data, Trainer.Train, Checkpoints, worker, checkpointing, Time, Log),
            new TestAttempt(Data, Checkpoints),
            Time,
            NullLogger<AttemptRunner>.Instance);
        Slot = new Slot(Queue, Client, Runner, Drain, QuietTime, Time, NullLogger.Instance);
    }

    public WatchedTime Time { get; } = new();

    public ScriptedCoordinator Coordinator { get; } = new();

    public ScriptedData Data { get; } = new();

    public ScriptedTrainer Trainer { get; } = new();

    /// <summary>What training attempts tell operators.</summary>
    public KeptLog<TrainAttempt> Log { get; } = new();

    public CoordinatorClient Client { get; }

    public FaultyObjectStore CheckpointObjects { get; } = new(new InMemoryObjectStore());

    public CheckpointStore Checkpoints { get; }

    public InMemoryJobQueue Queue { get; }

    public DrainWindow Drain { get; }

    public AttemptRunner Runner { get; }

    public Slot Slot { get; }

    public Task StopAsync() => _stopping.CancelAsync();

    public async Task<AttemptEnd> RunAsync(Grant grant) => (await Runner.RunAsync(grant, Drain)).End;

    public Task PutCheckpointAsync(string name, byte[] content) =>
        Checkpoints.CreateAsync(name, async (stream, cancellationToken) => await stream.WriteAsync(content, cancellationToken), CancellationToken.None);

    public void Dispose()
    {
        Drain.Dispose();
        _stopping.Dispose();
    }
}
