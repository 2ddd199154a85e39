using CloudSweep.Coordinator.Application;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Protos.V1;
using Google.Protobuf.WellKnownTypes;

namespace CloudSweep.Coordinator.Services;

/// <summary>Maps the messages between Workers and the Coordinator.</summary>
internal static class JobMessages
{
    public static WorkerOffer ToOffer(this AcquireJobRequest request)
    {
        var worker = request.Capabilities ?? new WorkerCapabilities();
        RequestRules.RequireText("request_id", request.RequestId);
        RequestRules.RequireText("capabilities.worker", worker.Worker);
        foreach (var kernelPath in worker.KernelPaths)
        {
            RequestRules.RequireText("capabilities.kernel_paths", kernelPath);
        }

        return new WorkerOffer(
            request.RequestId, worker.Worker, worker.NumericsVersion, [.. worker.KernelPaths], request.Sweep.Length == 0 ? null : new SweepId(request.Sweep), worker.Checkpoints);
    }

    public static LeaseClaim ToClaim(this LeaseKey? lease) => lease is not null && JobId.TryParse(lease.Job, out var job)
        ? new LeaseClaim(job, lease.LeaseId, lease.FencingToken)
        : throw new InvalidSweepException([new SpecViolation("lease.job", $"'{lease?.Job}' is not a job; send the lease that the grant gave.")]);

    public static ReportedCounters? ToCounters(this AttemptCounters? counters) =>
        counters is null ? null : new ReportedCounters(counters.TextRows, counters.BlockRows, counters.BytesRead, counters.LaneRows);

    /// <exception cref="InvalidSweepException">The report breaks rules.</exception>
    public static ProgressReport ToReport(this ReportProgressRequest request)
    {
        ReportRules.Require(request);
        return new ProgressReport(
            request.Lease.ToClaim(),
            [.. request.Measurements.Select(measurement => measurement.ToDomain())],
            [.. request.Outcomes.Select(outcome => new Core.Domain.TrialOutcome(outcome.Trial, outcome.State.ToDomain(), outcome.Step, RequestRules.Shorten(outcome.Reason)))],
            request.ShardProfiles.ToDictionary(profile => profile.ShardKey, profile => profile.ProfileJson, StringComparer.Ordinal),
            request.Checkpoint is null ? null : new ReportedCheckpoint(request.Checkpoint.Name, request.Checkpoint.Position, request.Checkpoint.SizeBytes),
            [.. request.Models.Select(model => new ReportedModel(model.Trial, model.Name, model.Step, model.SizeBytes))],
            request.Counters.ToCounters(),
            request.Position);
    }

    public static ReportProgressResponse ToProto(this ProgressAnswer answer) => new()
    {
        Directive = answer.Directive switch
        {
            JobDirective.Continue => Directive.Continue,
            JobDirective.Cancel => Directive.Cancel,
            JobDirective.Pause => Directive.Pause,
            _ => throw new ArgumentOutOfRangeException(nameof(answer)),
        },
        LeaseDuration = answer.LeaseDuration.ToDuration(),
        OpenTrials = { answer.OpenTrials },
    };

    public static AcquireJobResponse ToProto(this AcquireJobResult result) => result switch
    {
        AcquireJobResult.Granted granted => new AcquireJobResponse { Granted = granted.ToGrant() },
        AcquireJobResult.NothingForYou(var retryAfter) => new AcquireJobResponse { NothingForYou = new NothingForYou { RetryAfter = retryAfter.ToDuration() } },
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private static Grant ToGrant(this AcquireJobResult.Granted granted)
    {
        var (sweep, job) = (granted.Sweep, granted.Job);
        var grant = new Grant
        {
            Lease = new LeaseKey { Job = job.Id.ToString(), LeaseId = job.LeaseId, FencingToken = job.FencingToken },
            Sweep = sweep.Id.Value,
            Attempt = job.Attempt,
            LeaseDuration = granted.LeaseDuration.ToDuration(),
            SpecJson = sweep.SpecJson,
            ShardTableJson = sweep.ShardTableJson,
            KernelPath = sweep.Numerics?.Split('/')[^1] ?? "",
        };
        switch (job.Kind)
        {
            case JobKind.Profile:
                grant.Profile = new ProfileWork { ShardKeys = { granted.OpenShards } };
                break;
            case JobKind.Test:
                grant.Test = ToTestWork(granted);
                break;
            default:
                grant.Train = ToTrainWork(granted);
                break;
        }

        return grant;
    }

    private static TestWork ToTestWork(AcquireJobResult.Granted granted)
    {
        var (trial, model) = (granted.OpenTrials[0], granted.Checkpoint!);
        return new TestWork
        {
            Trial = ToAssignment(trial),
            Model = new TrialModel { Trial = trial.Number, Name = model.Name, Step = model.Position, SizeBytes = model.SizeBytes },
            ProfileJson = granted.Sweep.ProfileJson,
        };
    }

    private static TrainWork ToTrainWork(AcquireJobResult.Granted granted) => new()
    {
        Trials = { granted.OpenTrials.Select(ToAssignment) },
        ProfileJson = granted.Sweep.ProfileJson,
        ProfileHash = granted.Sweep.ProfileHash,
        Checkpoint = granted.Checkpoint is { } checkpoint
            ? new CheckpointRef { Name = checkpoint.Name, Position = checkpoint.Position, SizeBytes = checkpoint.SizeBytes }
            : null,
    };

    private static TrialAssignment ToAssignment(TrialRecord trial) => new() { Number = trial.Number, Try = trial.Try, Parameters = trial.Parameters.ToProto() };
}
