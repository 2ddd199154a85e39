using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>What trials of 1,280 steps measure that are pruned by a factor of 4.</summary>
internal static class RungSamples
{
    public static long StepOf(int rung) => rung == 1 ? 80 : 320;

    public static Measurement Rung(int trial, int rung, double loss) => new()
    {
        Trial = trial,
        Try = 1,
        Step = StepOf(rung),
        Rung = new Evaluation { Rows = 40, Metrics = { new MetricValue { Name = MetricNames.ValidationLoss, Value = loss, StandardError = 0.001 } } },
    };

    /// <summary>Five loss windows that fall to a final score.</summary>
    public static IEnumerable<Measurement> Curve(int trial, double loss) =>
    [
        .. Enumerable.Range(1, 5).Select(window => new Measurement
        {
            Trial = trial,
            Try = 1,
            Step = 256 * window,
            LossWindow = new LossWindow { Mean = 5 + ((loss - 5) * window / 5), Steps = 256 },
        }),
        Samples.Evaluation(trial, loss, 1280),
    ];
}
