using CloudSweep.Core.Domain;
using CloudSweep.TestSupport.Settings;
using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>The rate of every step, against PyTorch 1.13.1 and against the closed forms.</summary>
public sealed class LearningRateScheduleTests
{
    private const int StepsPerEpoch = 4;

    /// <summary>
    /// optimizer.param_groups[0]["lr"] before each of 20 steps of 4 an epoch, initial (for OneCycleLR highest) rate 0.5, by torch.optim.lr_scheduler's
    /// StepLR and ExponentialLR stepped each epoch, and PolynomialLR, CosineAnnealingLR, SequentialLR of LinearLR and CosineAnnealingLR, and
    /// OneCycleLR (cycle_momentum=False) stepped each step.
    /// </summary>
    private static readonly (ScheduleSettings Schedule, double[] Rates)[] Golden =
    [
        (new ScheduleSettings.Step(EveryEpochs: 2, Gamma: 0.3),
            [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.15, 0.15, 0.15, 0.15, 0.15, 0.15, 0.15, 0.15, 0.045, 0.045, 0.045, 0.045]),
        (new ScheduleSettings.Exponential(Gamma: 0.8),
        [
            0.5, 0.5, 0.5, 0.5, 0.4, 0.4, 0.4, 0.4, 0.32000000000000006, 0.32000000000000006, 0.32000000000000006, 0.32000000000000006,
            0.25600000000000006, 0.25600000000000006, 0.25600000000000006, 0.25600000000000006, 0.20480000000000007, 0.20480000000000007, 0.20480000000000007, 0.20480000000000007,
        ]),
        (new ScheduleSettings.Polynomial(),
        [
            0.5, 0.475, 0.45, 0.425, 0.4, 0.375, 0.35, 0.325, 0.3, 0.275, 0.25, 0.22499999999999998, 0.2, 0.175, 0.15000000000000002, 0.125,
            0.09999999999999998, 0.07500000000000001, 0.04999999999999999, 0.025000000000000022,
        ]),
        (new ScheduleSettings.Polynomial(Power: 2.5),
        [
            0.5, 0.43982409480950446, 0.3842167357104581, 0.3330560435197055, 0.2862167011199731, 0.24356964481437338, 0.2049817065008485, 0.17031519493280692,
            0.13942740046346702, 0.11217000211732193, 0.08838834764831846, 0.06792056481655612, 0.0505964425626941, 0.036235988671485156, 0.024647515087732493,
            0.015625000000000007, 0.008944271909999158, 0.004357106264483348, 0.0015811388300841897, 0.0002795084971874745,
        ]),
        (new ScheduleSettings.Cosine(MinimumRate: 1e-3),
        [
            0.5, 0.49692824097848687, 0.48778860081564085, 0.4728061277849978, 0.45234974009654944, 0.42692314190604363, 0.3971524204469721, 0.36377062968501694,
            0.3275997400965494, 0.28953039902753763, 0.2505, 0.21146960097246245, 0.17340025990345062, 0.13722937031498308, 0.10384757955302798,
            0.07407685809395641, 0.048650259903450635, 0.028193872215002237, 0.013211399184359193, 0.0040717590215131536,
        ]),
        (new ScheduleSettings.WarmupCosine(WarmupFraction: 0.25, MinimumRate: 1e-3),
        [
            0.005, 0.10399999999999998, 0.20299999999999996, 0.30199999999999994, 0.4009999999999999, 0.5, 0.49454782638308453, 0.4784295916818289,
            0.45234974009654944, 0.4174480862865352, 0.3752500000000001, 0.32759974009654946, 0.27657985158527965, 0.22442014841472058, 0.1734002599034507,
            0.12575000000000008, 0.08355191371346497, 0.04865025990345065, 0.022570408318171063, 0.0064521736169154825,
        ]),
        (new ScheduleSettings.OneCycle(),
        [
            0.020000000000000018, 0.06583592135001265, 0.18583592135001265, 0.3341640786499874, 0.45416407864998737, 0.5, 0.49373200311754367, 0.47524231600673683,
            0.445458088785525, 0.40587282697488153, 0.3584715008956504, 0.30563101096814466, 0.250001, 0.19437098903185537, 0.14153049910434962,
            0.09412917302511849, 0.05454391121447502, 0.024759683993263143, 0.006269996882456277, 2e-06,
        ]),
        (new ScheduleSettings.OneCycle(WarmupFraction: 0.13, DivFactor: 10, FinalDivFactor: 100),
        [
            0.04999999999999999, 0.3611037722821452, 0.49934895957160796, 0.4920636794154902, 0.47691696106282155, 0.4544012290550832, 0.42524847686781725, 0.39040646957425496,
            0.3510079317069546, 0.308333722029684, 0.263771192419208, 0.21876908462273265, 0.17479043121149918, 0.13326499193522737, 0.09554277178637319,
            0.06285013191643851, 0.03624992025214458, 0.016606917977581112, 0.0045597252279823315, 0.0005,
        ]),
        (new ScheduleSettings.OneCycle(WarmupFraction: 0),
        [
            0.49692209746044386, 0.4877641780172721, 0.47275174004056775, 0.4522544395767425, 0.42677698818985565, 0.396946725287866, 0.36349817094438697, 0.3272549395767425,
            0.2891094598255927, 0.250001, 0.21089254017440728, 0.17274706042325755, 0.13650382905561306, 0.10305527471213403, 0.07322501181014432,
            0.04774756042325754, 0.02725025995943224, 0.012237821982727912, 0.00307990253955618, 2e-06,
        ]),
        (new ScheduleSettings.OneCycle(), [2e-06]),
    ];

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, Golden.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void RateAt_EveryStep_IsPyTorchs(int golden)
    {
        var (schedule, expected) = Golden[golden];

        Assert.All(expected, (rate, t) => Assert.Equal(rate, LearningRateSchedule.RateAt(schedule, 0.5, t, StepsPerEpoch, expected.Length), 1e-14));
    }

    [Fact]
    public void RateAt_AnySettingsAndStep_IsTheClosedForm() =>
        Gen.Select(RandomSettings.Schedule, Gen.Double[1e-6, 10], Gen.Int[1, 50], Gen.Int[1, 40], Gen.Double[0, 1]).Sample((schedule, initial, stepsPerEpoch, epochs, share) =>
        {
            var total = stepsPerEpoch * epochs;
            var t = (int)(share * (total - 1));

            var rate = LearningRateSchedule.RateAt(schedule, initial, t, stepsPerEpoch, total);

            Assert.Equal(ReferenceSchedule.RateAt(schedule, initial, t, stepsPerEpoch, total), rate, 1e-13 * Math.Max(1, initial));
        });

    [Fact]
    public void RateAt_AnySettingsAndStep_IsFiniteAndNeverNegative() =>
        Gen.Select(RandomSettings.Schedule, Gen.Double[1e-6, 10], Gen.Int[1, 50], Gen.Int[1, 40]).Sample((schedule, initial, stepsPerEpoch, epochs) =>
        {
            var total = stepsPerEpoch * epochs;
            var rates = Enumerable.Range(0, total).Select(t => LearningRateSchedule.RateAt(schedule, initial, t, stepsPerEpoch, total));

            Assert.All(rates, rate => Assert.True(rate >= 0 && rate <= Math.Max(initial, 1e-2) * (1 + 1e-12)));
        });

    // The rising phase of 0.1 × 10 steps would end at step 0: PyTorch 1.13.1 divides 0 by 0 there.
    [Fact]
    public void RateAt_RisingPhaseOfNoLength_BeginsAtThePeak() =>
        Assert.Equal(0.5, LearningRateSchedule.RateAt(new ScheduleSettings.OneCycle(WarmupFraction: 0.1), 0.5, 0, StepsPerEpoch, 10));

    [Fact]
    public void RateAt_BillionSteps_KeepsItsPrecision()
    {
        const long Total = 1_000_000_000;

        Assert.Equal(1e-9, LearningRateSchedule.RateAt(new ScheduleSettings.Polynomial(), 1, Total - 1, 10, Total), 1e-24);
        Assert.Equal(Math.Pow(0.999, 99_999), LearningRateSchedule.RateAt(new ScheduleSettings.Exponential(0.999), 1, Total - 1, 10_000, Total), 1e-54);
    }
}
