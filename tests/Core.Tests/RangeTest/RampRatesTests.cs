using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.RangeTest;
using CsCheck;

namespace CloudSweep.Core.Tests.RangeTest;

public sealed class RampRatesTests
{
    [Fact]
    public void At_FirstAndLastStep_AreTheRampsEnds()
    {
        var rates = new RampRates(SomeRamps.Parameters(), 400);

        Assert.Equal(1e-6, rates.At(1));
        Assert.Equal(100, rates.At(400), 100 * 1e-9);
    }

    [Fact]
    public void At_EveryStep_IsTheOneBeforeByTheSameFactor()
    {
        var rates = new RampRates(SomeRamps.Parameters(), 400);

        Assert.Equal(1.0472494123, rates.Factor);
        Assert.All(Enumerable.Range(1, 398), step => Assert.Equal(rates.Factor, rates.At(step + 1) / rates.At(step), 1e-12));
    }

    [Fact]
    public void At_AnyRamp_RisesAndNeverPassesTheTop() =>
        Gen.Select(Gen.Double[1e-8, 1], Gen.Double[1.5, 1e9], Gen.Long[2, 2_000]).Sample((from, span, steps) =>
        {
            var rates = new RampRates(SomeRamps.Parameters() with { LearningRate = from * span, Ramp = new Ramp(from, 2_000) }, steps);

            Assert.All(Enumerable.Range(2, (int)steps - 1), step => Assert.True(rates.At(step) > rates.At(step - 1) && rates.At(step) <= from * span));
        });

    [Fact]
    public void Of_Ramp_HasNoMoreStepsThanItSaysOrAFullTrialHas()
    {
        Assert.Equal(400, StepCount.Of(SomeRamps.Parameters(), SomeRamps.Rows).Total);
        Assert.Equal(100, StepCount.Of(SomeRamps.Parameters(epochs: 1), SomeRamps.Rows).Total);
        Assert.Equal(1_000, StepCount.Of(SomeRamps.Parameters() with { Ramp = null }, SomeRamps.Rows).Total);
    }

    [Fact]
    public void Create_Ramp_HasFineWindowsAndNoEvaluation()
    {
        var plan = MeasurementPlan.Create(SomeRamps.Parameters(), SomeRamps.Rows);

        Assert.Empty(plan.EvaluationSteps);
        Assert.Equal((100, 4, 400), (plan.WindowEnds.Count, plan.WindowEnds[0], plan.WindowEnds[^1]));
        Assert.Equal(25, MeasurementPlan.Create(SomeRamps.Parameters(epochs: 1), SomeRamps.Rows).WindowEnds.Count);
        Assert.Equal(50, MeasurementPlan.Create(SomeRamps.Parameters(batchSize: null, epochs: 50), SomeRamps.Rows).WindowEnds.Count);
    }

    [Fact]
    public void Write_TrialThatIsNoRamp_HasTheTextOfBefore()
    {
        var text = CanonicalJson.Write(SomeRamps.Parameters() with { Ramp = null });

        Assert.DoesNotContain("ramp", text, StringComparison.Ordinal);
        Assert.Equal(SomeRamps.Parameters(), CanonicalJson.Read<TrialParameters>(CanonicalJson.Write(SomeRamps.Parameters())));
    }
}
