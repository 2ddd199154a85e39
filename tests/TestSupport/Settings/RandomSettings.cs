using CloudSweep.Core.Domain;
using CsCheck;

namespace CloudSweep.TestSupport.Settings;

/// <summary>Optimizers, schedules and gradient clips of every kind, with every constant anywhere within its bounds.</summary>
public static class RandomSettings
{
    private static readonly Gen<double> Decay = Gen.OneOf(Gen.OneOf(0, 0.5, 0.9, 0.999), Gen.Double[0, 0.9999]);
    private static readonly Gen<double> Momentum = Gen.OneOf(Gen.OneOf(0.5, 0.9), Gen.Double[1e-3, 0.99]);
    private static readonly Gen<double> WeightDecay = Gen.OneOf(Gen.OneOf(0, 0.01), Gen.Double[0, 0.5]);
    private static readonly Gen<double> Epsilon = Gen.OneOf(Gen.OneOf(1e-10, 1e-8), Gen.Double[1e-8, 0.1]);
    private static readonly Gen<double> Gamma = Gen.Double[0.1, 1];

    private static readonly Gen<OptimizerSettings>[] Optimizers =
    [
        WeightDecay.Select(decay => (OptimizerSettings)new OptimizerSettings.Sgd(decay)),
        Gen.Select(Momentum, Decay, WeightDecay, (momentum, dampening, decay) => (OptimizerSettings)new OptimizerSettings.HeavyBall(momentum, dampening, decay)),
        Gen.Select(Momentum, WeightDecay, (momentum, decay) => (OptimizerSettings)new OptimizerSettings.Nesterov(momentum, decay)),
        Gen.Select(Epsilon, Gen.Double[0, 1], Gen.Double[0, 2], WeightDecay, (epsilon, lrDecay, initial, decay) =>
            (OptimizerSettings)new OptimizerSettings.AdaGrad(epsilon, lrDecay, initial, decay)),
        Gen.Select(Decay, Epsilon, Decay, Gen.Bool, WeightDecay, (alpha, epsilon, momentum, isCentered, decay) =>
            (OptimizerSettings)new OptimizerSettings.RmsProp(alpha, epsilon, momentum, isCentered, decay)),
        Gen.Select(Decay, Decay, Epsilon, Gen.Bool, WeightDecay, (beta1, beta2, epsilon, isAmsgrad, decay) =>
            (OptimizerSettings)new OptimizerSettings.Adam(beta1, beta2, epsilon, isAmsgrad, decay)),
        Gen.Select(Decay, Decay, Epsilon, Gen.Bool, WeightDecay, (beta1, beta2, epsilon, isAmsgrad, decay) =>
            (OptimizerSettings)new OptimizerSettings.AdamW(beta1, beta2, epsilon, isAmsgrad, decay)),
    ];

    private static readonly Gen<ScheduleSettings>[] Schedules =
    [
        Gen.Const((ScheduleSettings)new ScheduleSettings.Constant()),
        Gen.Select(Gen.Int[1, 5], Gamma, (every, gamma) => (ScheduleSettings)new ScheduleSettings.Step(every, gamma)),
        Gamma.Select(gamma => (ScheduleSettings)new ScheduleSettings.Exponential(gamma)),
        Gen.OneOf(Gen.OneOf(1.0, 2.0), Gen.Double[0.1, 5]).Select(power => (ScheduleSettings)new ScheduleSettings.Polynomial(power)),
        Gen.Double[0, 1e-2].Select(minimum => (ScheduleSettings)new ScheduleSettings.Cosine(minimum)),
        Gen.Select(Decay, Gen.Double[0, 1], Gen.Double[0, 1e-2], (fraction, start, minimum) => (ScheduleSettings)new ScheduleSettings.WarmupCosine(fraction, start, minimum)),
        Gen.Select(Decay, Gen.Double[1, 50], Gen.Double[1, 1e5], (fraction, first, last) => (ScheduleSettings)new ScheduleSettings.OneCycle(fraction, first, last)),
    ];

    /// <summary>Any kind is as likely as any other.</summary>
    public static Gen<OptimizerSettings> Optimizer { get; } = Gen.OneOf(Optimizers);

    /// <inheritdoc cref="Optimizer"/>
    public static Gen<ScheduleSettings> Schedule { get; } = Gen.OneOf(Schedules);

    /// <summary>None as often as one that bites in some steps.</summary>
    public static Gen<double?> GradientClip { get; } = Gen.OneOf(Gen.Const((double?)null), Gen.Double[0.01, 2].Select(norm => (double?)norm));
}
