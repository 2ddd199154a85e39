using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.Tests.Pruning;

public sealed class PruningEffectTests
{
    [Fact]
    public void Of_SomePruned_CountsWhatTheyWouldHaveTrained()
    {
        // 100 rows in 4 steps an epoch, 3 epochs: 12 steps, 300 rows; the last step of an epoch has 10.
        var parameters = new TrialParameters(0.1, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Softmax(), new TrainingSpec(3, 30, 0));
        var rung = new Arrivals().Report(Enumerable.Range(1, 5).Select(trial => Arrivals.Candidate(trial, trial, 1.5)));

        var effect = PruningEffect.Of(
            [(parameters, TrialState.Completed, 12), (parameters, TrialState.Pruned, 5), (parameters, TrialState.Diverged, 4), (parameters, TrialState.Pruned, 0)], 100, rung.Decisions);

        Assert.Equal((300 + 300 + 100 + 300, 300 + 130 + 100, 2), (effect.FullRows, effect.TrainedRows, effect.PrunedRates));
        Assert.Equal(1, effect.CloseRates);
    }
}
