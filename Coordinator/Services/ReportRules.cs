using System.Text.RegularExpressions;
using CloudSweep.Coordinator.Application;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;
using ShardProfile = CloudSweep.Core.Domain.ShardProfile;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Services;

/// <summary>What a Worker's report must obey before it reaches the store. All broken rules are told at once.</summary>
internal static partial class ReportRules
{
    private const int MaxMetrics = 32;

    /// <exception cref="InvalidSweepException">The report breaks rules.</exception>
    public static void Require(ReportProgressRequest request)
    {
        SpecViolation[] violations = [.. Sizes(request), .. Measurements(request), .. Outcomes(request), .. Profiles(request), .. Checkpoints(request), .. Models(request)];
        if (violations.Length > 0)
        {
            throw new InvalidSweepException(violations);
        }
    }

    // A trial ends once and a shard has one profile, so no job can have more.
    private static IEnumerable<SpecViolation> Sizes(ReportProgressRequest request)
    {
        (string Field, int Count, int Max)[] lists =
        [
            ("outcomes", request.Outcomes.Count, SweepSpecRules.MaxTrials),
            ("models", request.Models.Count, SweepSpecRules.MaxTrials),
            ("shard_profiles", request.ShardProfiles.Count, ShardTableRules.MaxShards),
        ];
        return from list in lists where list.Count > list.Max select new SpecViolation(list.Field, $"Has {list.Count} entries; at most {list.Max} are allowed.");
    }

    private static IEnumerable<SpecViolation> Measurements(ReportProgressRequest request)
    {
        for (var index = 0; index < request.Measurements.Count; index++)
        {
            var measurement = request.Measurements[index];
            if (measurement.Step < 1 || measurement.Try < 1)
            {
                yield return new SpecViolation($"measurements[{index}]", $"Is of try {measurement.Try} and step {measurement.Step}; both count from 1.");
            }

            var isWhole = measurement.KindCase switch
            {
                Measurement.KindOneofCase.Evaluation => IsWhole(measurement.Evaluation),
                Measurement.KindOneofCase.Rung => IsWhole(measurement.Rung),
                Measurement.KindOneofCase.Test => IsWhole(measurement.Test),
                Measurement.KindOneofCase.LossWindow => measurement.LossWindow.Steps >= 1,
                _ => false,
            };
            if (!isWhole)
            {
                yield return new SpecViolation($"measurements[{index}]", $"Must be an evaluation, rung or test of at least 1 row with 1 to {MaxMetrics} metrics named like val_loss, or a loss window of at least 1 step.");
            }
        }
    }

    private static bool IsWhole(Evaluation evaluation) =>
        evaluation.Rows >= 1 && evaluation.Metrics.Count is >= 1 and <= MaxMetrics && evaluation.Metrics.All(metric => MetricName().IsMatch(metric.Name));

    private static IEnumerable<SpecViolation> Outcomes(ReportProgressRequest request)
    {
        var ended = new HashSet<int>();
        for (var index = 0; index < request.Outcomes.Count; index++)
        {
            var outcome = request.Outcomes[index];
            if (outcome.State is not (TrialState.Completed or TrialState.Diverged or TrialState.Failed))
            {
                yield return new SpecViolation($"outcomes[{index}].state", $"{outcome.State} can't be reported; a Worker ends trials as Completed, Diverged or Failed.");
            }

            if (!ended.Add(outcome.Trial))
            {
                yield return new SpecViolation($"outcomes[{index}].trial", $"Trial {outcome.Trial} ends twice in one report; report its first outcome.");
            }
        }
    }

    private static IEnumerable<SpecViolation> Profiles(ReportProgressRequest request)
    {
        var reportedKeys = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < request.ShardProfiles.Count; index++)
        {
            var reported = request.ShardProfiles[index];
            if (!reportedKeys.Add(reported.ShardKey))
            {
                yield return new SpecViolation($"shard_profiles[{index}].shard_key", $"Shard '{reported.ShardKey}' is reported twice; report it once.");
            }

            if (ProblemOf(reported.ShardKey, reported.ProfileJson) is { } problem)
            {
                yield return new SpecViolation($"shard_profiles[{index}].profile_json", problem);
            }
        }
    }

    // The name leads to an object that a duty deletes one day, so a Worker does not choose it.
    private static IEnumerable<SpecViolation> Checkpoints(ReportProgressRequest request)
    {
        if (request.Checkpoint is { } checkpoint
            && (!JobId.TryParse(request.Lease?.Job ?? "", out var job) || checkpoint.Name != CheckpointName.Of(job, request.Lease!.FencingToken, checkpoint.Position)))
        {
            yield return new SpecViolation("checkpoint.name", $"'{checkpoint.Name}' is not the name of this lease's checkpoint; it is JOB/TOKEN-POSITION.");
        }
    }

    private static IEnumerable<SpecViolation> Models(ReportProgressRequest request)
    {
        var outcomes = request.Outcomes.CountBy(outcome => outcome.Trial).ToDictionary();
        var models = request.Models.CountBy(model => model.Trial).ToDictionary();
        for (var index = 0; index < request.Models.Count; index++)
        {
            var model = request.Models[index];
            if (!JobId.TryParse(request.Lease?.Job ?? "", out var job) || model.Name != CheckpointName.OfModel(job, request.Lease!.FencingToken, model.Trial))
            {
                yield return new SpecViolation($"models[{index}].name", $"'{model.Name}' is not the name of this lease's model of trial {model.Trial}; it is JOB/TOKEN-trial-NUMBER.");
            }

            if (outcomes.GetValueOrDefault(model.Trial) != 1 || models[model.Trial] != 1)
            {
                yield return new SpecViolation($"models[{index}].trial", $"Trial {model.Trial} must end in this report and have one model; send a model with its outcome.");
            }
        }
    }

    private static string? ProblemOf(string key, string json)
    {
        try
        {
            var profile = CanonicalJson.Read<ShardProfile>(json);
            return profile.ShardKey == key && profile.Columns.Count == profile.Features.Count
                ? null
                : $"Is of shard '{profile.ShardKey}' with {profile.Features.Count} features and {profile.Columns.Count} statistics; it must be of '{key}' with as many of each.";
        }
        catch (MalformedDocumentException exception)
        {
            return exception.Message;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9_]{1,64}\z")]
    private static partial Regex MetricName();
}
