using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Pruning;
using CloudSweep.Core.RangeTest;
using CloudSweep.Worker.Training.Optimizers;

namespace CloudSweep.Worker.Training;

/// <summary>One trial while it trains. Shares rows with the other lanes of its job and nothing else.</summary>
internal sealed partial class Lane : ILaneWork
{
    private readonly Network _network;
    private readonly float[] _parameters;
    private readonly Optimizer _optimizer;
    private readonly BestWeights? _best;
    private readonly EvaluationSums _evaluation;
    private readonly List<Measurement> _measured = [];
    private readonly IReadOnlyList<Rung> _rungs;
    private readonly RampRates? _ramp;

    // Weight decay of an optimizer whose step needs nothing but the gradient at hand, so that it is made with it; else null.
    private readonly double? _fusedDecay;
    private float[] _openGradients = [];
    private long _openRows;
    private PartialSums _batchLoss;
    private DivergenceRule _divergence;
    private LossWindowRecorder _window;
    private int _windowIndex;
    private int _reported;

    /// <param name="spec">The trial.</param>
    /// <param name="network">Of its model.</param>
    /// <param name="shape">Of its training.</param>
    /// <param name="keepBestBy">Its model is that of its best evaluation by this; null = the weights it ends with.</param>
    /// <param name="pruning">Decides its rungs; null = none.</param>
    /// <param name="initialWeights">Those of its model and seed, where somebody has them already: making them takes as long as many steps.</param>
    public Lane(LaneSpec spec, Network network, TrainingShape shape, Objective? keepBestBy = null, PruningSpec? pruning = null, ReadOnlySpan<float> initialWeights = default)
    {
        (Spec, _network, Shape) = (spec, network, shape);
        _parameters = new float[network.Layout.ParameterCount];
        if (initialWeights.IsEmpty)
        {
            network.Layout.InitializeWeights(TrialSeeds.For(spec.Parameters.Training, spec.Parameters.Repeat).InitialWeights, _parameters);
        }
        else
        {
            initialWeights.CopyTo(_parameters);
        }

        _optimizer = Optimizer.For(spec.Parameters.Optimizer, network.Layout.ParameterCount);
        _fusedDecay = spec.Parameters is { Optimizer: OptimizerSettings.Sgd sgd, Training.GradientClip: null } ? sgd.WeightDecay : null;
        _best = keepBestBy is null ? null : new BestWeights(keepBestBy, network.Layout.ParameterCount);
        _evaluation = network.Loss.NewEvaluation();
        _divergence = new DivergenceRule(shape.BaselineLoss, shape.IsFullBatch, StableOvershoot.Of(spec.Parameters.Optimizer));
        _rungs = RungPlan.Of(pruning, spec.Parameters, shape.TrainRows);
        _ramp = spec.Parameters.Ramp is null ? null : new RampRates(spec.Parameters, shape.Measurements.TotalSteps);
    }

    public LaneSpec Spec { get; }

    public TrainingShape Shape { get; }

    public Network Network => _network;

    public Optimizer Optimizer => _optimizer;

    /// <summary>Whether no batch is open.</summary>
    public bool IsAtBatchStart => _openRows == 0;

    /// <summary>Whether the step at hand is the last of a window.</summary>
    public bool EndsWindow => Step == Shape.WindowEnds[_windowIndex];

    public ModelLayout Layout => _network.Layout;

    /// <summary>Optimizer steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Mean loss of the last finished batch, before its step.</summary>
    public double LastLoss { get; private set; }

    /// <summary>Set once the lane has ended.</summary>
    public TrialOutcome? Outcome { get; private set; }

    public bool IsOpen => Outcome is null;

    /// <summary>Optimizer steps after which it had the weights of its model.</summary>
    public long ModelStep => _best is { Step: > 0 } ? _best.Step : Step;

    /// <summary>Weights and biases in the layout's order.</summary>
    public Span<float> Parameters => _parameters;

    /// <summary>Tells what is new since the last call.</summary>
    public void ReportTo(ITrainingObserver observer)
    {
        for (; _reported < _measured.Count; _reported++)
        {
            observer.Measured(_measured[_reported]);
        }
    }
}
