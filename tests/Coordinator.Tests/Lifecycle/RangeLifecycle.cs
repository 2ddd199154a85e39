using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.RangeTest;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;
using TrialParameters = CloudSweep.Core.Domain.TrialParameters;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Sweeps whose rates a range test finds, and a Worker whose losses fall from one rate on and blow up from another.</summary>
public abstract class RangeLifecycle(StoreChoice store) : LifecycleTests(store)
{
    private protected const int Rates = 5;
    private const double Falls = 1e-3;
    private protected const double BlowsUp = 1;

    private protected static SubmitSweepRequest With(LearningRateGrid grid, params OptimizerChoice[] optimizers) => Samples.Submission(Samples.Spec with
    {
        LearningRate = grid,
        Optimizers = optimizers.Length == 0 ? Samples.Spec.Optimizers : optimizers,
        Training = Samples.Spec.Training with { Epochs = 256 },
        Execution = Samples.Spec.Execution with { TrialsPerJob = 16 },
    });

    private protected async Task ExtendAsync(ExtendSweepRequest request) => await Host.Sweeps.ExtendSweepAsync(request, cancellationToken: TestContext.Current.CancellationToken);

    private protected async Task WorkAsync(int jobs = int.MaxValue, int[]? failing = null, double blowsUp = BlowsUp)
    {
        for (var job = 0; job < jobs && await Worker.AcquireAsync() is { } grant; job++)
        {
            await TrainAsync(grant, failing, blowsUp);
            await Worker.FinishAsync(grant);
        }
    }

    private protected Task<ReportProgressResponse> TrainAsync(Grant grant, int[]? failing = null, double blowsUp = BlowsUp) => Worker.ReportAsync(grant, report =>
    {
        foreach (var trial in grant.Train.Trials)
        {
            var isFailed = failing?.Contains(trial.Number) == true;
            var steps = trial.Parameters.Ramp is null ? 1280 : RampPlan.Steps;
            report.Outcomes.Add(new Protos.V1.TrialOutcome { Trial = trial.Number, State = isFailed ? TrialState.Failed : TrialState.Completed, Step = steps, Reason = isFailed ? "because" : "" });
            report.Measurements.Add(trial.Parameters.Ramp is null ? RungSamples.Curve(trial.Number, Loss(trial.Parameters.LearningRate, BlowsUp)) : isFailed ? [] : Windows(trial, blowsUp));
        }
    });

    private static IEnumerable<Measurement> Windows(TrialAssignment trial, double blowsUp)
    {
        var parameters = new TrialParameters(trial.Parameters.LearningRate, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Softmax(), new TrainingSpec(256, 32, 7))
        {
            Ramp = new Core.Domain.Ramp(trial.Parameters.Ramp.From, trial.Parameters.Ramp.Steps),
        };
        var rates = new RampRates(parameters, RampPlan.Steps);
        return MeasurementPlan.Create(parameters, 160).WindowEnds.Select(step => new Measurement
        {
            Trial = trial.Number,
            Try = trial.Try,
            Step = step,
            LossWindow = new LossWindow { Steps = 4, Mean = Loss(rates.At(step), blowsUp), StandardDeviation = 0.01 },
        });
    }

    private static double Loss(double rate, double blowsUp) =>
        rate < Falls ? 0.69 : rate < blowsUp ? 0.69 - (0.5 * Math.Log(rate / Falls) / Math.Log(blowsUp / Falls)) : 0.19 + (2 * Math.Log(rate / blowsUp));
}
