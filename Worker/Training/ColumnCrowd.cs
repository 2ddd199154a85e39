using CloudSweep.Worker.Training.Kernels;
using CloudSweep.Worker.Training.Optimizers;

namespace CloudSweep.Worker.Training;

/// <summary>
/// A crowd whose matrix has the outputs of all lanes as columns: vectors run over lanes. For small batches, which fill no vector themselves.
/// </summary>
internal sealed class ColumnCrowd : Crowd
{
    private const int BlockSize = KernelSet.BlockSize;

    private readonly CrowdColumns _columns;
    private readonly Optimizer _optimizer;
    private readonly float[] _parameters;
    private readonly float[] _gradients;
    private readonly float[] _outputs;
    private readonly double[] _rates;
    private readonly CrowdLosses _losses;
    private readonly int[] _classes = new int[BlockSize];
    private readonly float[] _targets = new float[BlockSize];

    /// <param name="lanes">See <see cref="Crowd"/>.</param>
    public ColumnCrowd(Lane[] lanes)
        : base(lanes)
    {
        _columns = new CrowdColumns(Layer, lanes.Length);
        _optimizer = Optimizer.For(lanes[0].Spec.Parameters.Optimizer, _columns.ParameterCount);
        _parameters = new float[_columns.ParameterCount];
        _gradients = new float[_columns.ParameterCount];
        _outputs = new float[lanes[0].Shape.BatchSize * _columns.Count];
        _rates = new double[_columns.Count];
        _losses = new CrowdLosses(_columns.Blocks);
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
        var (inputs, columns) = (Layer.Inputs, _columns.Count);
        var features = tile.FeaturesOf(first, rows);
        var outputs = _outputs.AsSpan(0, rows * columns);
        Network.Kernels.MultiplyMatrices((rows, columns, inputs), features, inputs, 1, _parameters.AsSpan(0, inputs * columns), outputs, accumulate: false);
        Network.Kernels.AddToRows(outputs, _parameters.AsSpan(inputs * columns));
        Differentiate(tile, first, rows, outputs);
        Network.Kernels.MultiplyMatrices((inputs, columns, rows), features, 1, inputs, outputs, _gradients.AsSpan(0, inputs * columns), accumulate: false);
        var biasGradients = _gradients.AsSpan(inputs * columns);
        biasGradients.Clear();
        Network.Kernels.SumRows(outputs, biasGradients);
        Step(rows);
    }

    private void Differentiate(RowTile tile, int first, int rows, Span<float> outputs)
    {
        _losses.Clear();
        var (inverseRows, blockOutputs) = (1f / rows, Layer.Outputs * BlockSize);
        for (var row = 0; row < rows; row++)
        {
            Array.Fill(_classes, tile.ClassOf(first + row));
            Array.Fill(_targets, tile.TargetOf(first + row));
            for (var block = 0; block < _columns.Blocks; block++)
            {
                var ofBlock = outputs.Slice((row * _columns.Count) + (block * blockOutputs), blockOutputs);
                Network.Loss.DifferentiateBlock(ofBlock, _classes, _targets, inverseRows, _losses.OfRow);
                _losses.Add(row, block);
            }
        }
    }

    private void Step(int rows)
    {
        var totals = _losses.Totals();
        for (var index = 0; index < Lanes.Length; index++)
        {
            var lane = Lanes[index];
            var rate = lane.IsOpen && lane.BeginStep(totals[index] / rows, out var wanted) ? wanted : 0;
            _columns.Fill(_rates, index, rate);
        }

        _optimizer.Step(Network.Kernels, _parameters, _gradients, _rates);
        for (var index = 0; index < Lanes.Length; index++)
        {
            var lane = Lanes[index];
            if (lane.IsOpen)
            {
                if (lane.EndsWindow)
                {
                    _columns.Scatter(_parameters, lane.Parameters, index);
                }

                lane.EndStep();
            }
        }
    }
}
