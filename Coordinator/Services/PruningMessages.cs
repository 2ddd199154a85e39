using CloudSweep.Coordinator.Application;
using CloudSweep.Core.Pruning;
using Proto = CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Services;

/// <summary>Maps what was decided at rungs.</summary>
internal static class PruningMessages
{
    public static Proto.Pruning ToProto(this SweepPruning pruning) => new()
    {
        FullLaneRows = pruning.Effect.FullRows,
        LaneRows = pruning.Effect.TrainedRows,
        PrunedRates = pruning.Effect.PrunedRates,
        CloseRates = pruning.Effect.CloseRates,
        Decisions = { pruning.Decisions.Select(ToProto) },
    };

    private static Proto.RungDecision ToProto(RungDecision decision) => new()
    {
        Sequence = decision.Sequence,
        Job = decision.Job,
        Rung = decision.Rung,
        Step = decision.Step,
        Rows = decision.Rows,
        Ranked = decision.Ranked,
        Entries = { decision.Entries.Select(ToProto) },
    };

    private static Proto.RungEntry ToProto(RungEntry entry) => new()
    {
        Rate = entry.Rate,
        Trials = { entry.Trials },
        Value = entry.Value,
        StandardError = entry.StandardError,
        Place = entry.Place,
        Outcome = (Proto.RungOutcome)(int)entry.Outcome,
        Close = entry.IsClose,
    };
}
