using System.Runtime.CompilerServices;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;
using CloudSweep.Worker.Training.Optimizers;

namespace CloudSweep.Worker.Training;

/// <summary>
/// A crowd whose matrix has an output of a lane as a row: vectors run over the rows of a batch on the way forward and over features on the way back, so that they
/// are full however few the lanes are. Features are transposed once for all lanes.
/// </summary>
internal sealed class RowCrowd : Crowd
{
    private const int Padding = KernelSet.Padding;

    private static readonly float[] Ones = [.. Enumerable.Repeat(1f, Scratch.ChunkRows)];

    private readonly Optimizer[] _optimizers;
    private readonly int _biasColumn;
    private readonly int _stride;
    private readonly int _laneParameters;
    private readonly float[] _parameters;
    private readonly float[] _gradients;

    // Of plain sgd, whose steps are made with the gradients: the weight decay, and minus the rate of each row; else null and empty.
    private readonly float? _fusedDecay;
    private readonly float[] _moves = [];
    private readonly float[] _outputs;
    private readonly double[] _losses = new double[Scratch.ChunkRows];
    private readonly double[] _totals;
    private readonly int[] _classes = new int[Scratch.ChunkRows];
    private readonly float[] _targets = new float[Scratch.ChunkRows];

    /// <param name="lanes">See <see cref="Crowd"/>.</param>
    /// <param name="before">One that <see cref="CanLeaveTo"/> these and is not used any more: its buffers are taken over; null = none.</param>
    public RowCrowd(Lane[] lanes, RowCrowd? before)
        : base(lanes)
    {
        _biasColumn = KernelSet.Padded(Layer.Inputs);
        _stride = _biasColumn + Padding;
        _laneParameters = Layer.Outputs * _stride;
        if (lanes[0].Spec.Parameters.Optimizer is OptimizerSettings.Sgd sgd && lanes[0].Shape.BatchSize <= KernelSet.MostFusedSteps)
        {
            (_fusedDecay, _moves) = ((float)sgd.WeightDecay, new float[lanes.Length * Layer.Outputs]);
        }

        _optimizers = before?._optimizers ?? [.. lanes.Select(lane => Optimizer.For(lane.Spec.Parameters.Optimizer, _laneParameters))];
        _parameters = before?._parameters ?? new float[lanes.Length * _laneParameters];
        _gradients = before?._gradients ?? new float[_fusedDecay is null ? _parameters.Length : 0];
        _totals = before?._totals ?? new double[lanes.Length];
        _outputs = before?._outputs ?? new float[lanes.Length * Layer.Outputs * KernelSet.Padded((int)lanes[0].Shape.BatchSize)];
    }

    /// <summary>Whether other lanes find room in its buffers.</summary>
    public bool CanLeaveTo(Lane[] lanes)
    {
        var (mine, other) = (Lanes[0].Spec.Parameters, lanes[0].Spec.Parameters);
        return lanes.Length <= _optimizers.Length && (mine.Model, mine.Training, mine.Optimizer) == (other.Model, other.Training, other.Optimizer);
    }

    protected override void Gather(Lane lane, int index)
    {
        var optimizer = _optimizers[index];
        optimizer.Follow(lane.Optimizer);
        Transpose(lane.Parameters, ParametersOf(index), isBack: false);
        for (var memory = 0; memory < optimizer.Memories.Count; memory++)
        {
            Transpose(lane.Optimizer.Memories[memory], optimizer.Memories[memory], isBack: false);
        }
    }

    protected override void Return(Lane lane, int index)
    {
        var optimizer = _optimizers[index];
        lane.Optimizer.Follow(optimizer);
        Transpose(lane.Parameters, ParametersOf(index), isBack: true);
        for (var memory = 0; memory < optimizer.Memories.Count; memory++)
        {
            Transpose(lane.Optimizer.Memories[memory], optimizer.Memories[memory], isBack: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void TrainBatch(RowTile tile, int first, int rows)
    {
        var (inputs, columns, ofAll) = (Layer.Inputs, KernelSet.Padded(rows), Lanes.Length * Layer.Outputs);
        var features = tile.FeaturesOf(first, rows);
        var outputs = _outputs.AsSpan(0, ofAll * columns);
        Network.Kernels.MultiplyByTransposed((ofAll, columns, inputs), _parameters, _stride, features, inputs, outputs);

        // A product with ones rounds once, as the addition of the bias does, and as the sums of the bias' gradient do.
        Network.Kernels.MultiplyMatrices((ofAll, columns, 1), _parameters.AsSpan(_biasColumn), _stride, 1, Ones, outputs, accumulate: true);
        var classes = Labels(tile.ClassesOf(first, rows), _classes, columns);
        var targets = Labels(tile.TargetsOf(first, rows), _targets, columns);
        for (var index = 0; index < Lanes.Length; index++)
        {
            var ofLane = outputs.Slice(index * Layer.Outputs * columns, Layer.Outputs * columns);
            Network.Loss.DifferentiateBlock(ofLane, classes, targets, 1f / rows, _losses.AsSpan(0, columns));
            _totals[index] = Sum(_losses.AsSpan(0, rows));
        }

        if (_fusedDecay is { } decay)
        {
            MultiplyAndStep(features, outputs, rows, decay);
            return;
        }

        Network.Kernels.MultiplyMatrices((ofAll, _biasColumn, rows), outputs, columns, 1, features, inputs, inputs, _gradients, _stride, accumulate: false);
        Network.Kernels.MultiplyMatrices((ofAll, Padding, rows), outputs, columns, 1, Ones, 0, Padding, _gradients.AsSpan(_biasColumn), _stride, accumulate: false);
        for (var index = 0; index < Lanes.Length; index++)
        {
            if (Lanes[index].IsOpen && Lanes[index].BeginStep(_totals[index] / rows, out var rate))
            {
                _optimizers[index].Step(Network.Kernels, ParametersOf(index), _gradients.AsSpan(index * _laneParameters, _laneParameters), rate);
                EndStep(Lanes[index], index);
            }
        }
    }

    // A lane that has ended stays where it is but for numbers that are not finite; nobody looks at it any more.
    private void MultiplyAndStep(ReadOnlySpan<float> features, ReadOnlySpan<float> outputs, int rows, float decay)
    {
        var (inputs, columns, ofAll) = (Layer.Inputs, KernelSet.Padded(rows), Lanes.Length * Layer.Outputs);
        for (var index = 0; index < Lanes.Length; index++)
        {
            var lane = Lanes[index];
            var rate = lane.IsOpen && lane.BeginStep(_totals[index] / rows, out var wanted) ? wanted : 0;
            _moves.AsSpan(index * Layer.Outputs, Layer.Outputs).Fill(-(float)rate);
        }

        Network.Kernels.MultiplyAndStep((ofAll, _biasColumn, rows), outputs, columns, 1, features, inputs, inputs, _parameters, _stride, _moves, decay);
        Network.Kernels.MultiplyAndStep((ofAll, Padding, rows), outputs, columns, 1, Ones, 0, Padding, _parameters.AsSpan(_biasColumn), _stride, _moves, decay);
        for (var index = 0; index < Lanes.Length; index++)
        {
            if (Lanes[index].IsOpen)
            {
                _optimizers[index].CountStep();
                EndStep(Lanes[index], index);
            }
        }
    }

    private void EndStep(Lane lane, int index)
    {
        if (lane.EndsWindow)
        {
            Transpose(lane.Parameters, ParametersOf(index), isBack: true);
        }

        lane.EndStep();
    }

    // Of the rows that there are and of those that fill the last vector.
    private static ReadOnlySpan<T> Labels<T>(ReadOnlySpan<T> labels, T[] buffer, int columns)
    {
        if (labels.Length == columns)
        {
            return labels;
        }

        labels.CopyTo(buffer);
        return buffer.AsSpan(0, columns);
    }

    private static double Sum(ReadOnlySpan<double> losses)
    {
        var sums = default(PartialSums);
        sums.Add(losses);
        return sums.Total();
    }

    private Span<float> ParametersOf(int index) => _parameters.AsSpan(index * _laneParameters, _laneParameters);

    // Of a lane's layout and the crowd's, either way; nothing where an optimizer has no such memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(Span<float> lane, Span<float> crowd, bool isBack)
    {
        for (var input = 0; input <= Layer.Inputs && !lane.IsEmpty; input++)
        {
            var column = input < Layer.Inputs ? input : _biasColumn;
            for (var output = 0; output < Layer.Outputs; output++)
            {
                ref var inLane = ref lane[(input * Layer.PaddedOutputs) + output];
                ref var inCrowd = ref crowd[(output * _stride) + column];
                if (isBack)
                {
                    inLane = inCrowd;
                }
                else
                {
                    inCrowd = inLane;
                }
            }
        }
    }
}
