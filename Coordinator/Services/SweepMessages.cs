using CloudSweep.Coordinator.Application;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Verdicts;
using Google.Protobuf.WellKnownTypes;
using Proto = CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Services;

/// <summary>Maps sweeps and their answers.</summary>
internal static class SweepMessages
{
    // A table may have more shards than a message may have bytes.
    private const int MaxShards = 100;

    public static Proto.SweepState ToProto(this SweepState state) => state switch
    {
        SweepState.Preparing => Proto.SweepState.Preparing,
        SweepState.Running => Proto.SweepState.Running,
        SweepState.Paused => Proto.SweepState.Paused,
        SweepState.Completed => Proto.SweepState.Completed,
        SweepState.Failed => Proto.SweepState.Failed,
        SweepState.Cancelled => Proto.SweepState.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static Proto.SubmitSweepResponse ToProto(this SubmittedSweep submitted) => new()
    {
        Sweep = submitted.Id.Value,
        Existed = submitted.Existed,
        DataChange = submitted.DataChange is { } change ? new Proto.DataChange { Since = change.Since.Value, Difference = change.Difference } : null,
        Cancelled = { submitted.Cancelled.Select(sweep => sweep.Value) },
    };

    public static Proto.ExtendSweepResponse ToProto(this (SweepState State, IReadOnlyList<Trial> Added) extended) => new()
    {
        State = extended.State.ToProto(),
        Trials = { extended.Added.Select(trial => trial.Number) },
        Rates = { extended.Added.Select(trial => trial.Parameters.LearningRate).Distinct().Order() },
    };

    public static Proto.SweepProgress ToProto(this SweepStatus status, DateTimeOffset now)
    {
        var sweep = status.Sweep;
        return new Proto.SweepProgress
        {
            Sweep = sweep.Id.Value,
            Name = sweep.Name,
            State = sweep.State.ToProto(),
            Reason = sweep.Reason,
            Trials = ToCounts(sweep, status.Trials),
            StepsDone = status.StepsDone,
            StepsTotal = status.StepsTotal,
            ShardsProfiled = status.ShardsProfiled,
            ShardsTotal = sweep.ShardCount,
            LaneRows = status.Attempts.LaneRows,
            Best = status.Best?.ToProto(),
            DataUse = ToDataUse(status),
            Elapsed = ((sweep.FinishedAt ?? now) - sweep.CreatedAt).ToDuration(),
            CreatedAt = sweep.CreatedAt.ToTimestamp(),
            Revision = sweep.Revision,
            InputAtFault = sweep.IsInputAtFault,
            Stopped = sweep.IsStopped,
            Rounds = sweep.Rounds,
            WaitsForWorker = status.WaitsForWorker,
            Ranges = { status.Ranges.Select(range => range.ToProto()) },
        };
    }

    public static Proto.DescribeSweepResponse ToProto(this SweepDescription description, DateTimeOffset now) => new()
    {
        Progress = description.Status.ToProto(now),
        SpecJson = description.Status.Sweep.SpecJson,
        Trials = { description.Trials.Select(trial => trial.ToProto()) },
        Answer = ToAnswer(description),
        Numerics = description.Status.Sweep.Numerics ?? "",
        Remarks = { description.Remarks },
        Data = description.Profile is { } profile ? ToSummary(profile) : null,
        Classes = { description.Profile?.Classes.Select(label => label.Label) ?? [] },
        Pruning = description.Pruning?.ToProto(),
        Shards = ToShards(CanonicalJson.Read<ShardTable>(description.Status.Sweep.ShardTableJson)),
        Ranges = { description.Ranges.Select(range => range.ToProto()) },
        BadRows = description.Profile?.BadRows is { } bad ? new Proto.BadRows { Count = bad.Count, First = { bad.First.Select(ToProto) } } : null,
    };

    private static Proto.DataSummary ToSummary(DataProfile profile) => new()
    {
        TrainRows = profile.TrainRows(),
        ValidationRows = profile.ValidationRows(),
        Features = profile.Features.Count,
        Classes = profile.Classes.Count,
    };

    private static Proto.DataShards ToShards(ShardTable table) => new()
    {
        Count = table.Shards.Count,
        TextBytes = table.Shards.Where(shard => shard.Role != ShardRole.Test).Sum(shard => shard.SizeBytes),
        First = { table.Shards.Take(MaxShards).Select(shard => new Proto.DataShard { Key = shard.Key, SizeBytes = shard.SizeBytes, Version = shard.Version, Crc32C = shard.Crc32C ?? "" }) },
    };

    private static Proto.BadRow ToProto(BadRow row) =>
        new() { ShardKey = row.ShardKey, Unit = row.Unit, Number = row.Number, Column = row.Column ?? "", Rule = row.Rule };

    private static Proto.TrialCounts ToCounts(SweepRecord sweep, IReadOnlyDictionary<TrialState, int> trials) => new()
    {
        Total = sweep.TrialCount,
        Pending = trials.GetValueOrDefault(TrialState.Pending),
        Running = trials.GetValueOrDefault(TrialState.Running),
        Completed = trials.GetValueOrDefault(TrialState.Completed),
        Pruned = trials.GetValueOrDefault(TrialState.Pruned),
        Diverged = trials.GetValueOrDefault(TrialState.Diverged),
        Failed = trials.GetValueOrDefault(TrialState.Failed),
        Cancelled = trials.GetValueOrDefault(TrialState.Cancelled),
    };

    private static Proto.DataUse ToDataUse(SweepStatus status)
    {
        double rows = Math.Max(1, status.DataRows);
        return new Proto.DataUse
        {
            TextPasses = status.DataRows == 0 ? 0 : status.Attempts.TextRows / (rows + status.BadRows),
            BlockPasses = status.DataRows == 0 ? 0 : status.Attempts.BlockRows / rows,
            BytesRead = status.Attempts.BytesRead,
        };
    }

    private static Proto.Answer ToAnswer(SweepDescription description)
    {
        var answer = description.Answer;
        var trials = description.Trials.ToDictionary(trial => trial.Trial.Number);
        return new Proto.Answer
        {
            Best = answer.Best is { } best ? trials[best.Trial.Number].ToProto() : null,
            BestScore = answer.Best is { } score ? ToProto(score) : null,
            Recommended = answer.Recommended is { } recommended
                ? ToProto(recommended, trials[recommended.Configuration.Trial.Number])
                : null,
            Advice = answer.Advice,
            Tied = { answer.Tied },
            StableRanges = { answer.StableRanges.Select(ToProto) },
            Verdicts = { answer.Verdicts.Select(ToProto) },
            Baseline = answer.Baseline,
        };
    }

    private static Proto.Recommendation ToProto(Recommendation recommended, ScoredTrial trial) => new()
    {
        Trial = trial.ToProto(),
        Score = ToProto(recommended.Configuration),
        Reason = recommended.Reason,
        AtEdge = recommended.AtEdge,
    };

    private static Proto.ConfigurationScore ToProto(ConfigurationScore score) => new()
    {
        Trials = { score.Trials },
        Metrics = { score.Metrics.Select(TrialMessages.ToProto) },
    };

    private static Proto.StableRange ToProto(StableRange range) => new()
    {
        OptimizerJson = CanonicalJson.Write(range.Optimizer),
        ScheduleJson = CanonicalJson.Write(range.Schedule),
        ModelJson = CanonicalJson.Write(range.Model),
        TrainingJson = CanonicalJson.Write(range.Training),
        Low = range.Low,
        High = range.High,
        Decades = range.Decades,
        BracketedBelow = range.IsBracketedBelow,
        BracketedAbove = range.IsBracketedAbove,
    };

    private static Proto.RateVerdict ToProto(RateVerdict verdict) => new()
    {
        Parameters = verdict.Parameters.ToProto(),
        Verdict = verdict.Verdict switch
        {
            VerdictKind.Good => Proto.VerdictKind.Good,
            VerdictKind.TooSlow => Proto.VerdictKind.TooSlow,
            VerdictKind.TooLarge => Proto.VerdictKind.TooLarge,
            VerdictKind.Oscillating => Proto.VerdictKind.Oscillating,
            VerdictKind.Diverged => Proto.VerdictKind.Diverged,
            VerdictKind.Undecided => Proto.VerdictKind.Undecided,
            _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
        },
        Mean = verdict.Mean,
        StandardError = verdict.StandardError,
        Evidence = verdict.Evidence,
        Trials = { verdict.Trials },
        Tied = verdict.IsTied,
        Isolated = verdict.IsIsolated,
        Provisional = verdict.IsProvisional,
    };
}
