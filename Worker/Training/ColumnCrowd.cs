using System.Runtime.CompilerServices;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;
using CloudSweep.Worker.Training.Optimizers;

namespace CloudSweep.Worker.Training;

/// <summary>
/// A crowd whose matrix has the outputs of all lanes as columns: vectors run over lanes. Rows are read where they lie, so that nothing is transposed.
/// </summary>
internal sealed class ColumnCrowd : Crowd
{
    private static readonly float[] Ones = [.. Enumerable.Repeat(1f, Scratch.ChunkRows)];

    private readonly CrowdColumns _columns;
    private readonly Optimizer _optimizer;
    private readonly float[] _parameters;
    private readonly float[] _gradients;
    private readonly float[] _outputs;
    private readonly double[] _ratesOfLanes;
    private readonly double[] _rates;

    // Of plain sgd, whose steps are made with the gradients: the weight decay, and minus the rate of each lane and column; else null and empty.
    private readonly float? _fusedDecay;
    private readonly float[] _moves = [];
    private readonly CrowdLosses _losses;

    /// <param name="lanes">See <see cref="Crowd"/>.</param>
    public ColumnCrowd(Lane[] lanes)
        : base(lanes)
    {
        var batchSize = (int)lanes[0].Shape.BatchSize;
        _columns = new CrowdColumns(Layer, lanes.Length);
        _ratesOfLanes = new double[_columns.PaddedLanes];
        _rates = new double[_columns.Count];
        if (lanes[0].Spec.Parameters.Optimizer is OptimizerSettings.Sgd sgd && batchSize <= KernelSet.MostFusedSteps)
        {
            (_fusedDecay, _moves) = ((float)sgd.WeightDecay, new float[_columns.Count]);
        }

        _optimizer = Optimizer.For(lanes[0].Spec.Parameters.Optimizer, _columns.ParameterCount);
        _parameters = new float[_columns.ParameterCount];
        _gradients = new float[_fusedDecay is null ? _columns.ParameterCount : 0];
        _outputs = new float[batchSize * _columns.Count];
        _losses = new CrowdLosses(_columns.PaddedLanes);
    }

    protected override void Gather(Lane lane, int index)
    {
        _optimizer.Follow(lane.Optimizer);
        _columns.Gather(lane.Parameters, _parameters, index);
        for (var memory = 0; memory < _optimizer.Memories.Count; memory++)
        {
            _columns.Gather(lane.Optimizer.Memories[memory], _optimizer.Memories[memory], index);
        }
    }

    protected override void Return(Lane lane, int index)
    {
        lane.Optimizer.Follow(_optimizer);
        _columns.Scatter(_parameters, lane.Parameters, index);
        for (var memory = 0; memory < _optimizer.Memories.Count; memory++)
        {
            _columns.Scatter(_optimizer.Memories[memory], lane.Optimizer.Memories[memory], index);
        }
    }

    protected override void TrainBatch(RowTile tile, int first, int rows)
    {
        var (inputs, columns, kernels) = (Layer.Inputs, _columns.Count, Network.Kernels);
        var features = tile.FeaturesOf(first, rows);
        var outputs = _outputs.AsSpan(0, rows * columns);
        var weights = _parameters.AsSpan(0, _columns.WeightCount);
        var biases = _parameters.AsSpan(_columns.WeightCount);
        kernels.MultiplyMatrices((rows, columns, inputs), features, inputs, 1, weights, outputs, accumulate: false);
        kernels.AddToRows(outputs, biases);
        Network.Loss.DifferentiateLanes(outputs, tile.ClassesOf(first, rows), tile.TargetsOf(first, rows), 1f / rows, _losses);
        BeginStep(rows);
        if (_fusedDecay is { } decay)
        {
            // A sum of products with ones rounds as a sum does.
            kernels.MultiplyAndStepColumns((inputs, columns, rows), features, 1, inputs, outputs, weights, _moves, decay);
            kernels.MultiplyAndStepColumns((1, columns, rows), Ones, 1, 1, outputs, biases, _moves, decay);
            _optimizer.CountStep();
        }
        else
        {
            kernels.MultiplyMatrices((inputs, columns, rows), features, 1, inputs, outputs, _gradients.AsSpan(0, weights.Length), accumulate: false);
            kernels.MultiplyMatrices((1, columns, rows), Ones, 1, 1, outputs, _gradients.AsSpan(weights.Length), accumulate: false);
            _optimizer.Step(kernels, _parameters, _gradients, _rates);
        }

        EndStep();
    }

    // A lane that has ended stays where it is but for numbers that are not finite; nobody looks at it any more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginStep(int rows)
    {
        var totals = _losses.Totals();
        for (var index = 0; index < Lanes.Length; index++)
        {
            var lane = Lanes[index];
            _ratesOfLanes[index] = lane.IsOpen && lane.BeginStep(totals[index] / rows, out var wanted) ? wanted : 0;
        }

        _columns.Repeat(_ratesOfLanes, _rates);
        for (var column = 0; column < _moves.Length; column++)
        {
            _moves[column] = -(float)_rates[column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EndStep()
    {
        for (var index = 0; index < Lanes.Length; index++)
        {
            var lane = Lanes[index];
            if (lane is { IsOpen: true, EndsWindow: true })
            {
                _columns.Scatter(_parameters, lane.Parameters, index);
                lane.EndStep();
            }
        }
    }
}
