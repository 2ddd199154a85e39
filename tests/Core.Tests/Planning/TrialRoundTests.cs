using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class TrialRoundTests
{
    [Fact]
    public void Add_NewRates_NumbersOnByCombinationRateThenRepeat()
    {
        var spec = Some.Sweep(2) with { Schedules = [new ScheduleSettings.Constant(), new ScheduleSettings.Cosine()], Repeats = 2 };

        var added = TrialRound.Add(spec, [.. TrialExpander.Expand(spec)], _ => [10, 3]);

        Assert.Equal(
            [
                "9: constant 3 #0 repeat 0", "10: constant 3 #0 repeat 1", "11: constant 10 #1 repeat 0", "12: constant 10 #1 repeat 1",
                "13: cosine 3 #0 repeat 0", "14: cosine 3 #0 repeat 1", "15: cosine 10 #1 repeat 0", "16: cosine 10 #1 repeat 1",
            ],
            added.Select(trial => $"{trial.Number}: {trial.Parameters.Schedule.Kind} {trial.Parameters.LearningRate} #{trial.Parameters.RateIndex} repeat {trial.Parameters.Repeat}"));
    }

    [Fact]
    public void Add_RatesOfOneCombination_LeavesTheOthers()
    {
        var spec = Some.Sweep(2) with { Schedules = [new ScheduleSettings.Constant(), new ScheduleSettings.Cosine()] };

        var added = TrialRound.Add(spec, [.. TrialExpander.Expand(spec)], combination => combination.Schedule is ScheduleSettings.Cosine ? [3] : []);

        Assert.Equal(new ScheduleSettings.Cosine(), Assert.Single(added).Parameters.Schedule);
    }

    [Fact]
    public void Add_RatesThatAreThere_MakesNone() =>
        Some.AnySweep.Sample(spec =>
        {
            Trial[] present = [.. TrialExpander.Expand(spec)];

            Assert.Empty(TrialRound.Add(spec, present, combination => present.Where(trial => trial.Parameters.Optimizer == combination.Optimizer.Settings).Select(trial => trial.Parameters.LearningRate)));
        });

    [Fact]
    public void Add_SameRateInSinglePrecision_IsThere() => Assert.Empty(TrialRound.Add(Some.Sweep(2), [.. TrialExpander.Expand(Some.Sweep(2))], _ => [0.001 * (1 + 1e-12)]));

    [Fact]
    public void Add_Twice_MakesThemOnce()
    {
        var spec = Some.Sweep(2);
        Trial[] present = [.. TrialExpander.Expand(spec)];
        var added = TrialRound.Add(spec, present, _ => [3, 3, 10]).ToArray();

        Assert.Equal(2, added.Length);
        Assert.Empty(TrialRound.Add(spec, [.. present, .. added], _ => [3, 10]));
    }
}
