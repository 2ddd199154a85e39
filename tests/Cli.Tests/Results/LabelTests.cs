using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.TestSupport.Settings;
using CsCheck;

namespace CloudSweep.Cli.Tests.Results;

public sealed class LabelTests
{
    private static readonly (OptimizerSettings Optimizer, ScheduleSettings Schedule, string Label)[] Labels =
    [
        (new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), "sgd"),
        (new OptimizerSettings.Sgd(WeightDecay: 1e-4), new ScheduleSettings.Polynomial(), "sgd(weightDecay=0.0001) polynomial"),
        (new OptimizerSettings.HeavyBall(Momentum: 0.95), new ScheduleSettings.Polynomial(2), "momentum(momentum=0.95) polynomial(power=2)"),
        (new OptimizerSettings.Nesterov(), new ScheduleSettings.Exponential(0.95), "nesterov exponential(0.95)"),
        (new OptimizerSettings.AdaGrad(LrDecay: 0.01), new ScheduleSettings.Step(10), "adagrad(lrDecay=0.01) step(10, 0.1)"),
        (new OptimizerSettings.RmsProp(Momentum: 0.9, Centered: true), new ScheduleSettings.Cosine(), "rmsprop(momentum=0.9, centered) cosine"),
        (new OptimizerSettings.Adam(Beta2: 0.99, Amsgrad: true), new ScheduleSettings.Cosine(1e-6), "adam(beta2=0.99, amsgrad) cosine(to 1e-06)"),
        (new OptimizerSettings.AdamW(), new ScheduleSettings.WarmupCosine(WarmupFraction: 0.05), "adamw warmupCosine(warmupFraction=0.05)"),
        (new OptimizerSettings.AdamW(WeightDecay: 0), new ScheduleSettings.OneCycle(), "adamw(weightDecay=0) oneCycle"),
    ];

    [Fact]
    public void Combination_EveryKind_NamesWhatIsUnusual() =>
        Assert.All(Labels, label => Assert.Equal(label.Label, Label.Combination(new CombinationKey(CanonicalJson.Write(label.Optimizer), CanonicalJson.Write(label.Schedule), "{}", "{}"), [])));

    [Fact]
    public void Combination_AnySettings_BeginsWithTheKindAndNamesTheSchedule() =>
        Gen.Select(RandomSettings.Optimizer, RandomSettings.Schedule).Sample((optimizer, schedule) =>
        {
            var label = Label.Combination(new CombinationKey(CanonicalJson.Write(optimizer), CanonicalJson.Write(schedule), "{}", "{}"), []);

            Assert.StartsWith(optimizer.Kind, label, StringComparison.Ordinal);
            Assert.Equal(schedule is not ScheduleSettings.Constant, label.Contains($" {schedule.Kind}", StringComparison.Ordinal));
            Assert.Equal(optimizer == optimizer.Usual(), !label.Split(" " + schedule.Kind)[0].Contains('(', StringComparison.Ordinal));
        });
}
