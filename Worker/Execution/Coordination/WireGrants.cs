using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Training;
using Google.Protobuf.WellKnownTypes;
using Wire = CloudSweep.Protos.V1;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>Messages to domain words; what a message must have is checked here.</summary>
internal static class WireGrants
{
    /// <exception cref="CoordinatorErrorException">The answer is neither a grant with a lease nor a refusal.</exception>
    public static AcquireResult FromWire(AcquireJobResponse response) => response.ResultCase switch
    {
        AcquireJobResponse.ResultOneofCase.Granted => FromWire(response.Granted),
        AcquireJobResponse.ResultOneofCase.NothingForYou => new AcquireResult.NothingForYou(Time(response.NothingForYou.RetryAfter)),
        _ => throw new CoordinatorErrorException("The Coordinator answered a wish for a job with nothing that this version knows."),
    };

    /// <exception cref="CoordinatorErrorException">The directive is unknown.</exception>
    public static ProgressAnswer FromWire(ReportProgressResponse response) => new(
        response.Directive switch
        {
            Directive.Continue => JobDirective.Continue,
            Directive.Cancel => JobDirective.Cancel,
            Directive.Pause => JobDirective.Pause,
            _ => throw new CoordinatorErrorException($"The Coordinator answered a report with the unknown directive {response.Directive}."),
        },
        Time(response.LeaseDuration),
        response.OpenTrials.ToHashSet());

    private static AcquireResult FromWire(Wire.Grant grant)
    {
        if (grant.Lease is null || !JobId.TryParse(grant.Lease.Job, out var job))
        {
            throw new CoordinatorErrorException("The Coordinator granted a job without a lease.");
        }

        var lease = new LeaseKey(job, grant.Lease.LeaseId, grant.Lease.FencingToken);
        try
        {
            return new AcquireResult.Granted(new Grant(
                lease,
                grant.Attempt,
                Time(grant.LeaseDuration),
                CanonicalJson.Read<SweepSpec>(grant.SpecJson),
                CanonicalJson.Read<ShardTable>(grant.ShardTableJson),
                grant.KernelPath,
                WorkOf(grant)));
        }
        catch (MalformedDocumentException exception)
        {
            return new AcquireResult.Unreadable(lease, exception);
        }
    }

    private static GrantedWork WorkOf(Wire.Grant grant) => grant.WorkCase switch
    {
        Wire.Grant.WorkOneofCase.Profile => new GrantedWork.Profile([.. grant.Profile.ShardKeys]),
        Wire.Grant.WorkOneofCase.Train => new GrantedWork.Train(
            [.. grant.Train.Trials.Select(FromWire)],
            CanonicalJson.Read<DataProfile>(grant.Train.ProfileJson),
            grant.Train.Checkpoint is { } checkpoint ? new CheckpointRef(checkpoint.Name, checkpoint.Position, checkpoint.SizeBytes) : null),
        Wire.Grant.WorkOneofCase.Test => FromWire(grant.Test),
        _ => throw new MalformedDocumentException("The grant has no work that this version knows."),
    };

    private static GrantedWork.Test FromWire(TestWork work) => work is { Trial: { } trial, Model: { } model }
        ? new GrantedWork.Test(FromWire(trial), new ModelRef(model.Trial, model.Name, model.Step, model.SizeBytes), CanonicalJson.Read<DataProfile>(work.ProfileJson))
        : throw new MalformedDocumentException("A test has no trial or no model.");

    private static LaneSpec FromWire(TrialAssignment trial) => new(trial.Number, trial.Try, FromWire(trial.Parameters));

    private static Core.Domain.TrialParameters FromWire(Wire.TrialParameters? parameters) =>
        parameters is null
            ? throw new MalformedDocumentException("A trial has no parameters.")
            : new Core.Domain.TrialParameters(
                parameters.LearningRate,
                CanonicalJson.Read<OptimizerSettings>(parameters.OptimizerJson),
                CanonicalJson.Read<ScheduleSettings>(parameters.ScheduleJson),
                parameters.Repeat,
                parameters.RateIndex,
                CanonicalJson.Read<ModelSpec>(parameters.ModelJson),
                CanonicalJson.Read<TrainingSpec>(parameters.TrainingJson))
            {
                Ramp = parameters.Ramp is { } ramp ? new Core.Domain.Ramp(ramp.From, ramp.Steps) : null,
            };

    private static TimeSpan Time(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;
}
