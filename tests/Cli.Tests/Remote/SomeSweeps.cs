using CloudSweep.Protos.V1;
using Google.Protobuf.WellKnownTypes;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>Sweeps as a Coordinator lists them.</summary>
internal static class SomeSweeps
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="id">NAME-HASH.</param>
    public static SweepProgress Of(string id, SweepState state = SweepState.Running) => new()
    {
        Sweep = id,
        Name = id[..id.LastIndexOf('-')],
        State = state,
        Rounds = 1,
        Trials = new TrialCounts { Total = 4, Pending = 1, Running = 1, Completed = 1, Failed = 1 },
        CreatedAt = (Now - TimeSpan.FromHours(3)).ToTimestamp(),
        Elapsed = TimeSpan.FromHours(3).ToDuration(),
        Best = new Trial { Number = 2, Parameters = new TrialParameters { LearningRate = 0.0215443469003 }, Metrics = { new MetricValue { Name = "val_loss", Value = 0.5 } } },
    };
}
