using CloudSweep.Coordinator.Application;
using CloudSweep.Core.Domain;
using Google.Protobuf.WellKnownTypes;
using Proto = CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Services;

/// <summary>Maps trials and measurements.</summary>
internal static class TrialMessages
{
    public static Proto.TrialParameters ToProto(this TrialParameters parameters) => new()
    {
        LearningRate = parameters.LearningRate,
        OptimizerJson = CanonicalJson.Write(parameters.Optimizer),
        ScheduleJson = CanonicalJson.Write(parameters.Schedule),
        Repeat = parameters.Repeat,
        RateIndex = parameters.RateIndex,
        ModelJson = CanonicalJson.Write(parameters.Model),
        TrainingJson = CanonicalJson.Write(parameters.Training),
        Ramp = parameters.Ramp is { } ramp ? new Proto.Ramp { From = ramp.From, Steps = ramp.Steps } : null,
    };

    public static Proto.TrialState ToProto(this TrialState state) => (Proto.TrialState)(int)state;

    /// <exception cref="InvalidSweepException">Not a state.</exception>
    public static TrialState ToDomain(this Proto.TrialState state) => state is > Proto.TrialState.Unspecified and <= Proto.TrialState.Cancelled
        ? (TrialState)(int)state
        : throw new InvalidSweepException([new SpecViolation("outcomes.state", $"{(int)state} is not a state of a trial.")]);

    public static Proto.Trial ToProto(this ScoredTrial scored)
    {
        var trial = scored.Trial;
        return new Proto.Trial
        {
            Number = trial.Number,
            Parameters = trial.Parameters.ToProto(),
            State = trial.State.ToProto(),
            Reason = trial.Reason,
            Step = trial.Step,
            Metrics = { (scored.Evaluation?.Metrics ?? []).Select(ToProto) },
            MetricsStep = scored.Evaluation?.Step ?? 0,
            FinishedAt = trial.FinishedAt?.ToTimestamp(),
            TestMetrics = { (scored.Test?.Metrics ?? []).Select(ToProto) },
            TestRows = scored.Test?.Rows ?? 0,
            Try = trial.Try,
            Round = trial.Round,
            RungMetrics = { (scored.Rung?.Metrics ?? []).Select(ToProto) },
            RungStep = scored.Rung?.Step ?? 0,
            RungRows = scored.Rung?.Rows ?? 0,
        };
    }

    public static Proto.Measurement ToProto(this Measurement measurement)
    {
        var message = new Proto.Measurement { Trial = measurement.Trial, Try = measurement.Try, Step = measurement.Step };
        switch (measurement)
        {
            case Measurement.Evaluation evaluation:
                message.Evaluation = new Proto.Evaluation { Rows = evaluation.Rows, Metrics = { evaluation.Metrics.Select(ToProto) } };
                break;
            case Measurement.Rung rung:
                message.Rung = new Proto.Evaluation { Rows = rung.Rows, Metrics = { rung.Metrics.Select(ToProto) } };
                break;
            case Measurement.Test test:
                message.Test = new Proto.Evaluation { Rows = test.Rows, Metrics = { test.Metrics.Select(ToProto) } };
                break;
            case Measurement.LossWindow window:
                message.LossWindow = new Proto.LossWindow { Steps = window.Steps, Mean = window.Mean, StandardDeviation = window.StandardDeviation };
                break;
        }

        return message;
    }

    /// <exception cref="InvalidSweepException">It has no content.</exception>
    public static Measurement ToDomain(this Proto.Measurement message) => message.KindCase switch
    {
        Proto.Measurement.KindOneofCase.Evaluation => new Measurement.Evaluation(
            message.Trial, message.Try, message.Step, message.Evaluation.Rows, message.Evaluation.Metrics.ToDomain()),
        Proto.Measurement.KindOneofCase.Rung => new Measurement.Rung(
            message.Trial, message.Try, message.Step, message.Rung.Rows, message.Rung.Metrics.ToDomain()),
        Proto.Measurement.KindOneofCase.Test => new Measurement.Test(
            message.Trial, message.Try, message.Step, message.Test.Rows, message.Test.Metrics.ToDomain()),
        Proto.Measurement.KindOneofCase.LossWindow => new Measurement.LossWindow(
            message.Trial, message.Try, message.Step, message.LossWindow.Steps, message.LossWindow.Mean, message.LossWindow.StandardDeviation),
        _ => throw new InvalidSweepException([new SpecViolation("measurements", "Holds neither an evaluation nor a rung nor a test nor a loss window.")]),
    };

    public static Proto.MetricValue ToProto(this Metric metric) => new() { Name = metric.Name, Value = metric.Value, StandardError = metric.StandardError };

    private static Metric[] ToDomain(this IEnumerable<Proto.MetricValue> metrics) => [.. metrics.Select(metric => new Metric(metric.Name, metric.Value, metric.StandardError))];
}
