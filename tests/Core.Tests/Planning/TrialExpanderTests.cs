using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class TrialExpanderTests
{
    [Fact]
    public void Expand_TwoOfEach_GoesByOptimizerScheduleRateThenRepeat()
    {
        var spec = Some.Sweep(2) with
        {
            Optimizers = [new OptimizerChoice(new OptimizerSettings.Sgd(), null), new OptimizerChoice(new OptimizerSettings.Adam(), new LearningRateGrid.List([0.01]))],
            Schedules = [new ScheduleSettings.Constant(), new ScheduleSettings.Cosine()],
            Repeats = 2,
        };

        var trials = TrialExpander.Expand(spec).Select(trial =>
            $"{trial.Number}: {trial.Parameters.Optimizer.Kind} {trial.Parameters.Schedule.Kind} {trial.Parameters.LearningRate:G2} #{trial.Parameters.RateIndex} repeat {trial.Parameters.Repeat}");

        Assert.Equal(
            [
                "1: sgd constant 0.001 #0 repeat 0",
                "2: sgd constant 0.001 #0 repeat 1",
                "3: sgd constant 1 #1 repeat 0",
                "4: sgd constant 1 #1 repeat 1",
                "5: sgd cosine 0.001 #0 repeat 0",
                "6: sgd cosine 0.001 #0 repeat 1",
                "7: sgd cosine 1 #1 repeat 0",
                "8: sgd cosine 1 #1 repeat 1",
                "9: adam constant 0.01 #0 repeat 0",
                "10: adam constant 0.01 #0 repeat 1",
                "11: adam cosine 0.01 #0 repeat 0",
                "12: adam cosine 0.01 #0 repeat 1",
            ],
            trials);
    }

    [Fact]
    public void Expand_Variants_NumbersThemOneAfterTheOther()
    {
        var mlp = new ModelSpec.Mlp([4], Activation.Tanh);
        var spec = Some.Sweep(rates: 2) with { OtherVariants = [new SweepVariant(mlp, new TrainingSpec(1, 8, 0)), new SweepVariant(mlp, new TrainingSpec(1, null, 0))] };

        var trials = TrialExpander.Expand(spec).Select(trial => $"{trial.Number}: {trial.Parameters.Model.Kind} {trial.Parameters.Training.BatchSize} {trial.Parameters.LearningRate:G2}");

        Assert.Equal(["1: softmax 2 0.001", "2: softmax 2 1", "3: mlp 8 0.001", "4: mlp 8 1", "5: mlp  0.001", "6: mlp  1"], trials);
    }

    /// <summary>Trials that are compared start alike and see the rows in one order, whatever their batch size.</summary>
    [Fact]
    public void Expand_AnySweep_PairsTheRepeatsOfASeed() =>
        Some.AnySweep.Sample(spec => Assert.All(
            TrialExpander.Expand(spec).GroupBy(trial => (trial.Parameters.Repeat, trial.Parameters.Training.Seed)),
            repeat => Assert.Single(repeat.Select(trial => TrialSeeds.For(trial.Parameters.Training, trial.Parameters.Repeat)).Distinct())));

    [Fact]
    public void Expand_AnySweep_MakesAsManyAsCounted() =>
        Some.AnySweep.Sample(spec => Assert.Equal(TrialExpander.Count(spec), TrialExpander.Expand(spec).LongCount()));

    [Fact]
    public void Expand_AnySweep_NumbersFromOneWithoutGaps() =>
        Some.AnySweep.Sample(spec =>
        {
            var numbers = TrialExpander.Expand(spec).Select(trial => trial.Number).ToArray();

            Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
        });

    [Fact]
    public void Expand_AnySweep_MakesNoConfigurationTwice() =>
        Some.AnySweep.Sample(spec =>
        {
            var parameters = TrialExpander.Expand(spec).Select(trial => trial.Parameters).ToArray();

            Assert.Distinct(parameters);
        });

    [Fact]
    public void Expand_SameSweepAgain_MakesTheSameTrials() =>
        Some.AnySweep.Sample(spec =>
        {
            var again = CanonicalJson.Read<SweepSpec>(CanonicalJson.Write(spec));

            Assert.Equal(TrialExpander.Expand(spec), TrialExpander.Expand(again));
        });
}
