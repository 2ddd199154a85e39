using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Keeps what it hears; stops with a checkpoint at a position when told to.</summary>
internal sealed class RecordingObserver(IEnumerable<int> trials, long? stopAt = null) : ITrainingObserver
{
    public List<Measurement> Measurements { get; } = [];

    public Dictionary<int, TrialOutcome> Outcomes { get; } = [];

    public MemoryStream? Checkpoint { get; private set; }

    public HashSet<int> Wanted { get; } = [.. trials];

    public IReadOnlySet<int> OpenTrials => Wanted;

    public CancellationToken Stopping { get; init; }

    public Action<long> OnTurnEnd { get; set; } = _ => { };

    public void Measured(Measurement measurement) => Measurements.Add(measurement);

    /// <summary>Step and safetensors file of each trial that completed.</summary>
    public Dictionary<int, (long Step, byte[] File)> Models { get; } = [];

    public void SaveModel(int trial, long step, Action<Stream> write)
    {
        using var file = new MemoryStream();
        write(file);
        Models.Add(trial, (step, file.ToArray()));
    }

    public void Ended(TrialOutcome outcome) => Outcomes.Add(outcome.Trial, outcome);

    /// <summary>Called at every rung; may change <see cref="Wanted"/>.</summary>
    public Action<long> OnRung { get; set; } = _ => { };

    public void AwaitDecision(long position, long laneRows) => OnRung(position);

    /// <summary>Training rows consumed by all lanes, as last told.</summary>
    public long LaneRows { get; private set; }

    public TrainingDirective AtTurnEnd(long position, long laneRows)
    {
        LaneRows = laneRows;
        OnTurnEnd(position);
        return position >= stopAt || Stopping.IsCancellationRequested ? TrainingDirective.CheckpointAndStop : TrainingDirective.Continue;
    }

    public void AtEnd(long position, long laneRows) => LaneRows = laneRows;

    public void SaveCheckpoint(long position, Action<Stream> write)
    {
        Checkpoint = new MemoryStream();
        write(Checkpoint);
        Checkpoint.Position = 0;
    }

    /// <summary>Everything that one trial said, as text with every bit of every number.</summary>
    public string Transcript(int trial) => string.Join('\n',
    [
        .. Measurements.Where(measurement => measurement.Trial == trial).Select(measurement => CanonicalJson.Write<object>(measurement)),
        CanonicalJson.Write(Outcomes.GetValueOrDefault(trial) ?? new TrialOutcome(trial, TrialState.Running, 0, "")),
    ]);
}
