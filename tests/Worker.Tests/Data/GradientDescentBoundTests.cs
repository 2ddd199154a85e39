using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Verdicts;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>
/// A whole sweep on a least-squares problem, from the text to the verdicts. Full-batch gradient descent on mean squared error is stable below 2/L,
/// with L the largest eigenvalue of the Hessian 2·XᵀX/n (the loss has no ½), and then ends in the one optimum.
/// </summary>
public sealed class GradientDescentBoundTests : IDisposable
{
    private const int Epochs = 4000;

    // Of 2/L. The last ones grow by 2 % and more a step.
    private static readonly double[] Shares = [0.05, 0.3, 0.7, 0.99, 1.01, 1.2, 3];

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_RatesAroundTwoOverL_DivergeAboveAndReachTheOptimumBelow()
    {
        var (rows, profile, data) = await OpenAsync();
        var problem = new LeastSquares(rows);
        var bound = 2 / problem.LargestEigenvalue();
        var spec = SpecOf(data, [.. Shares.Select(share => share * bound)]);
        Trial[] trials = [.. TrialExpander.Expand(spec)];
        var plan = new TrainingPlan([.. trials.Select(trial => new LaneSpec(trial.Number, 1, trial.Parameters))], Baseline.TrainingLoss(profile));

        var observer = Jobs.Run(plan, rows, KernelPaths.Supported()[0], 2);

        var results = trials.Select(trial => new TrialResult(
            trial, observer.Outcomes[trial.Number].State, observer.Outcomes[trial.Number].Reason, observer.Outcomes[trial.Number].Step, [.. observer.Measurements.Where(measurement => measurement.Trial == trial.Number)])).ToArray();
        var answer = SweepAnswerer.Answer(spec, profile, results);
        Assert.Equal(
            Shares.Select(share => share < 1 ? VerdictKind.Good : VerdictKind.Diverged),
            answer.Verdicts.OrderBy(verdict => verdict.Parameters.LearningRate).Select(verdict => verdict.Verdict));
        Assert.All(answer.Verdicts.Where(verdict => verdict.Verdict == VerdictKind.Diverged), verdict => Assert.Contains("over 10 x baseline", verdict.Evidence, StringComparison.Ordinal));
        var (optimalLoss, validationRmse) = problem.Optimum(rows);
        Assert.All(results.Where(result => result.State == TrialState.Completed), result =>
        {
            Assert.Equal(optimalLoss, result.Measurements.OfType<Measurement.LossWindow>().Last().Mean, 1e-6);
            Assert.Equal(validationRmse, TrialScore.Of(result.Measurements, spec.Objective, result.State)!.Value, 1e-4 * validationRmse);
        });
        Assert.InRange(optimalLoss, 0.01, 0.5);
        Assert.InRange(answer.Baseline, 5 * validationRmse / 3, 10 * validationRmse);
    }

    private async Task<(ITrainingRows Rows, DataProfile Profile, DataSpec Data)> OpenAsync()
    {
        var data = DataFolder.Spec with { Scale = FeatureScale.Standard, Task = LearningTask.Regression };
        var text = new System.Text.StringBuilder("a,b,c,label\n");
        for (var row = 0; row < 400; row++)
        {
            // Correlated features, and a label far from 0 in a unit of its own.
            var (a, b, c) = (Uniform(row, 0), Uniform(row, 1), Uniform(row, 2));
            b = (0.7 * a) + (0.3 * b);
            var label = 5000 + (300 * a) - (120 * b) + (80 * c) + (60 * Uniform(row, 3));
            text.Append(CultureInfo.InvariantCulture, $"{a:R},{b:R},{10 * c:R},{label:R}\n");
        }

        var shard = await _folder.ProfileAsync(text.ToString(), data);
        var profile = ProfileMerger.Merge([shard], data);
        var table = new ShardTable([await _folder.FindAsync("a.csv")]);
        return (await _folder.Rows().OpenAsync(data, table, profile, 1, _folder.Counters, TestContext.Current.CancellationToken), profile, data);
    }

    private static SweepSpec SpecOf(DataSpec data, double[] rates) => new(
        1,
        "bound",
        new Objective(MetricNames.ValidationRmse, ObjectiveGoal.Minimize, ScoreUse.Final),
        data,
        new ModelSpec.Linear(),
        new TrainingSpec(Epochs, BatchSize: null, Seed: 3),
        new LearningRateGrid.List(rates),
        [new OptimizerChoice(new OptimizerSettings.Sgd(), null)],
        [new ScheduleSettings.Constant()],
        1,
        new ExecutionSpec(null, null, 5, "auto"));

    private static double Uniform(int row, int column) => (2 * KeyedRandom.UnitInterval(4, RandomPurpose.SyntheticNoise, row, column)) - 1;
}
