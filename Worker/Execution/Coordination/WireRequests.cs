using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Wire = CloudSweep.Protos.V1;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>Domain words to messages.</summary>
internal static class WireRequests
{
    public static AcquireJobRequest ToWire(AcquireRequest request, WorkerCapabilities capabilities) => new()
    {
        RequestId = request.RequestId,
        Hint = request.Hint,
        Sweep = capabilities.Sweep,
        Capabilities = new Wire.WorkerCapabilities
        {
            Worker = capabilities.Worker,
            NumericsVersion = capabilities.NumericsVersion,
            KernelPaths = { capabilities.KernelPaths },
            Slots = capabilities.Slots,
            Checkpoints = capabilities.Checkpoints,
        },
    };

    public static Wire.LeaseKey ToWire(LeaseKey lease) => new() { Job = lease.Job.ToString(), LeaseId = lease.LeaseId, FencingToken = lease.FencingToken };

    public static AttemptCounters ToWire(AttemptTotals totals) => new()
    {
        TextRows = totals.TextRows,
        BlockRows = totals.BlockRows,
        BytesRead = totals.BytesRead,
        LaneRows = totals.LaneRows,
    };

    public static ReportProgressRequest ToWire(LeaseKey lease, ProgressReport report)
    {
        var request = new ReportProgressRequest
        {
            Lease = ToWire(lease),
            Measurements = { report.Measurements.Select(ToWire) },
            Outcomes = { report.Outcomes.Select(ToWire) },
            ShardProfiles = { report.ShardProfiles.Select(profile => new ShardProfileReport { ShardKey = profile.ShardKey, ProfileJson = CanonicalJson.Write(profile) }) },
            Models = { report.Models.Select(model => new TrialModel { Trial = model.Trial, Name = model.Name, Step = model.Step, SizeBytes = model.SizeBytes }) },
            Counters = ToWire(report.Totals),
            Position = report.Position,
        };
        if (report.Checkpoint is var (name, position, sizeBytes))
        {
            request.Checkpoint = new Wire.CheckpointRef { Name = name, Position = position, SizeBytes = sizeBytes };
        }

        return request;
    }

    private static Evaluation ToWire(long rows, IReadOnlyList<Metric> metrics) => new()
    {
        Rows = rows,
        Metrics = { metrics.Select(metric => new MetricValue { Name = metric.Name, Value = metric.Value, StandardError = metric.StandardError }) },
    };

    private static Wire.Measurement ToWire(Core.Domain.Measurement measurement)
    {
        var message = new Wire.Measurement { Trial = measurement.Trial, Try = measurement.Try, Step = measurement.Step };
        switch (measurement)
        {
            case Core.Domain.Measurement.Evaluation evaluation:
                message.Evaluation = ToWire(evaluation.Rows, evaluation.Metrics);
                break;
            case Core.Domain.Measurement.Rung rung:
                message.Rung = ToWire(rung.Rows, rung.Metrics);
                break;
            case Core.Domain.Measurement.Test test:
                message.Test = ToWire(test.Rows, test.Metrics);
                break;
            case Core.Domain.Measurement.LossWindow window:
                message.LossWindow = new LossWindow { Steps = window.Steps, Mean = window.Mean, StandardDeviation = window.StandardDeviation };
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(measurement), measurement.GetType().Name, "No message for this kind of measurement.");
        }

        return message;
    }

    private static Wire.TrialOutcome ToWire(Core.Domain.TrialOutcome outcome) => new()
    {
        Trial = outcome.Trial,
        State = ToWire(outcome.State),
        Step = outcome.Step,
        Reason = outcome.Reason,
    };

    private static Wire.TrialState ToWire(Core.Domain.TrialState state) => state switch
    {
        Core.Domain.TrialState.Completed => Wire.TrialState.Completed,
        Core.Domain.TrialState.Diverged => Wire.TrialState.Diverged,
        Core.Domain.TrialState.Failed => Wire.TrialState.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A Worker reports Completed, Diverged or Failed only."),
    };
}
