using CloudSweep.Coordinator.Application;
using CloudSweep.Core.RangeTest;
using Proto = CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Services;

/// <summary>Maps what range tests found.</summary>
internal static class RangeMessages
{
    public static Proto.RangeProposal ToProto(this RangeReport report)
    {
        var message = new Proto.RangeProposal
        {
            Parameters = report.Parameters.ToProto(),
            Ramps = { report.Ramps },
            State = StateOf(report),
            Low = report.Finding?.Bounds.Low ?? report.Parameters.Ramp!.From,
            High = report.Finding?.Bounds.High ?? report.Parameters.LearningRate,
            Curve = { report.Curve.Select(ToProto) },
        };
        switch (report.Finding)
        {
            case RangeFinding.Proposed(var low, var high):
                (message.LowEvidence, message.HighEvidence) = (low.Evidence, high.Evidence);
                Set(low.SeenAt, rate => message.FallsAt = rate);
                Set(high.SeenAt, rate => message.BlowsUpAt = rate);
                break;
            case RangeFinding.CannotTell unknown:
                message.Reason = unknown.Reason;
                break;
            default:
                message.Reason = report.IsMissing ? "none of its ramps came to its end" : "";
                break;
        }

        return message;
    }

    private static Proto.RangeState StateOf(RangeReport report) => report.Finding switch
    {
        RangeFinding.Proposed => Proto.RangeState.Proposed,
        RangeFinding.CannotTell => Proto.RangeState.CannotTell,
        _ => report.IsMissing ? Proto.RangeState.Missing : Proto.RangeState.Running,
    };

    private static void Set(double? rate, Action<double> set)
    {
        if (rate is { } known)
        {
            set(known);
        }
    }

    private static Proto.RangePoint ToProto(RangePoint point) =>
        new() { Rate = point.Rate, Loss = point.Loss, StandardError = point.Error, BlownUp = point.HasBlownUp };
}
