using CloudSweep.Worker.Training.Kernels;
using CloudSweep.Worker.Training.Optimizers;

namespace CloudSweep.Worker.Training;

/// <summary>
/// Lanes of a model with one layer that differ in nothing but their rates, schedules and repeats, trained as one matrix whose columns are the outputs of all:
/// alone, such a lane fills only a part of a vector. Every lane has the bits that it has by itself, for no sum goes over columns.
/// </summary>
internal sealed class Crowd : ILaneWork
{
    private const int BlockSize = KernelSet.BlockSize;

    private readonly Lane[] _lanes;
    private readonly Network _network;
    private readonly LayerLayout _layer;
    private readonly CrowdColumns _columns;
    private readonly Optimizer _optimizer;
    private readonly float[] _parameters;
    private readonly float[] _gradients;
    private readonly float[] _outputs;
    private readonly double[] _rates;
    private readonly CrowdLosses _losses;
    private readonly int[] _classes = new int[BlockSize];
    private readonly float[] _targets = new float[BlockSize];

    /// <param name="lanes">At least one; all of <see cref="CanHold"/>, of the same model, training and optimizer.</param>
    public Crowd(Lane[] lanes)
    {
        _lanes = lanes;
        _network = lanes[0].Network;
        _layer = lanes[0].Layout.Layers[0];
        _columns = new CrowdColumns(_layer, lanes.Length);
        _optimizer = Optimizer.For(lanes[0].Spec.Parameters.Optimizer, _columns.ParameterCount);
        _parameters = new float[_columns.ParameterCount];
        _gradients = new float[_columns.ParameterCount];
        _outputs = new float[lanes[0].Shape.BatchSize * _columns.Count];
        _rates = new double[_columns.Count];
        _losses = new CrowdLosses(_columns.Blocks);
    }

    /// <summary>Whether a lane may be in a crowd, where turns end with a batch.</summary>
    public static bool CanHold(Lane lane) =>
        lane.Layout.Layers.Count == 1 && lane.Spec.Parameters.Training.GradientClip is null && lane.Shape.BatchSize <= Scratch.ChunkRows;

    /// <summary>Whether so many lanes take fewer vectors together than one by one.</summary>
    public static bool Pays(LayerLayout layer, int lanes) =>
        layer.Outputs * KernelSet.Padded(lanes) < lanes * layer.PaddedOutputs;

    public void Train(RowTile tile, int start, int count, long firstRow, Scratch scratch)
    {
        var shape = _lanes[0].Shape;
        var (begin, end) = (firstRow + start, firstRow + start + count);
        if (begin % shape.BatchSize != 0 || (end % shape.BatchSize != 0 && end != shape.TrainRows) || !Array.TrueForAll(_lanes, lane => lane.IsAtBatchStart))
        {
            foreach (var lane in _lanes)
            {
                lane.Train(tile, start, count, firstRow, scratch);
            }

            return;
        }

        Gather();
        for (var done = 0; done < count && Array.Exists(_lanes, lane => lane.IsOpen);)
        {
            var rows = (int)shape.RowsOfBatch(begin + done);
            TrainBatch(tile, start + done, rows);
            done += rows;
        }

        for (var index = 0; index < _lanes.Length; index++)
        {
            Return(_lanes[index], index);
        }
    }

    private void TrainBatch(RowTile tile, int first, int rows)
    {
        var (inputs, columns) = (_layer.Inputs, _columns.Count);
        var features = tile.Features.AsSpan(first * inputs, rows * inputs);
        var outputs = _outputs.AsSpan(0, rows * columns);
        _network.Kernels.MultiplyMatrices((rows, columns, inputs), features, inputs, 1, _parameters.AsSpan(0, inputs * columns), outputs, accumulate: false);
        _network.Kernels.AddToRows(outputs, _parameters.AsSpan(inputs * columns));
        Differentiate(tile, first, rows, outputs);
        _network.Kernels.MultiplyMatrices((inputs, columns, rows), features, 1, inputs, outputs, _gradients.AsSpan(0, inputs * columns), accumulate: false);
        var biasGradients = _gradients.AsSpan(inputs * columns);
        biasGradients.Clear();
        _network.Kernels.SumRows(outputs, biasGradients);
        Step(rows);
    }

    private void Differentiate(RowTile tile, int first, int rows, Span<float> outputs)
    {
        _losses.Clear();
        var (inverseRows, blockOutputs) = (1f / rows, _layer.Outputs * BlockSize);
        for (var row = 0; row < rows; row++)
        {
            Array.Fill(_classes, tile.Classes[first + row]);
            Array.Fill(_targets, tile.Targets[first + row]);
            for (var block = 0; block < _columns.Blocks; block++)
            {
                var ofBlock = outputs.Slice((row * _columns.Count) + (block * blockOutputs), blockOutputs);
                _network.Loss.DifferentiateBlock(ofBlock, _classes, _targets, inverseRows, _losses.OfRow);
                _losses.Add(row, block);
            }
        }
    }

    private void Step(int rows)
    {
        var totals = _losses.Totals();
        for (var index = 0; index < _lanes.Length; index++)
        {
            var lane = _lanes[index];
            var rate = lane.IsOpen && lane.BeginStep(totals[index] / rows, out var wanted) ? wanted : 0;
            _columns.Fill(_rates, index, rate);
        }

        _optimizer.Step(_network.Kernels, _parameters, _gradients, _rates);
        for (var index = 0; index < _lanes.Length; index++)
        {
            var lane = _lanes[index];
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

    private void Gather()
    {
        _optimizer.Follow(_lanes[0].Optimizer);
        for (var index = 0; index < _lanes.Length; index++)
        {
            var lane = _lanes[index];
            _columns.Gather(lane.Parameters, _parameters, index);
            for (var memory = 0; memory < _optimizer.Memories.Count; memory++)
            {
                _columns.Gather(lane.Optimizer.Memories[memory], _optimizer.Memories[memory], index);
            }
        }
    }

    private void Return(Lane lane, int index)
    {
        lane.Optimizer.Follow(_optimizer);
        _columns.Scatter(_parameters, lane.Parameters, index);
        for (var memory = 0; memory < _optimizer.Memories.Count; memory++)
        {
            _columns.Scatter(_optimizer.Memories[memory], lane.Optimizer.Memories[memory], index);
        }
    }
}
