using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>One lane's optimizer: its running averages and its step.</summary>
internal sealed class OptimizerState
{
    private readonly OptimizerSettings _settings;
    private readonly float[] _means;
    private readonly float[] _squares;
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    public OptimizerState(OptimizerSettings settings, int parameterCount)
    {
        _settings = settings;
        _means = settings is OptimizerSettings.Adam ? new float[parameterCount] : [];
        _squares = settings is OptimizerSettings.Sgd ? [] : new float[parameterCount];
    }

    /// <summary>Moves the weights by one step at <paramref name="rate"/>.</summary>
    public void Step(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, double rate)
    {
        switch (_settings)
        {
            case OptimizerSettings.Sgd:
                kernels.UpdateSgd(weights, gradients, (float)rate);
                break;
            case OptimizerSettings.AdaGrad(var epsilon):
                kernels.UpdateAdaGrad(weights, gradients, _squares, (float)rate, (float)epsilon);
                break;
            case OptimizerSettings.RmsProp(var alpha, var epsilon):
                kernels.UpdateRmsProp(weights, gradients, _squares, (float)rate, (float)alpha, (float)(1 - alpha), (float)epsilon);
                break;
            case OptimizerSettings.Adam(var beta1, var beta2, var epsilon):
                // Running products: Math.Pow differs between platforms.
                _beta1Power *= beta1;
                _beta2Power *= beta2;
                var step = new AdamStep(
                    (float)(rate / (1 - _beta1Power)), (float)Math.Sqrt(1 - _beta2Power), (float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2), (float)epsilon);
                kernels.UpdateAdam(weights, gradients, _means, _squares, in step);
                break;
            default:
                throw new InvalidOperationException($"No update for {_settings.Kind}.");
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_beta1Power);
        writer.Write(_beta2Power);
        FloatBlock.Write(writer, _means);
        FloatBlock.Write(writer, _squares);
    }

    public void Read(BinaryReader reader)
    {
        _beta1Power = reader.ReadDouble();
        _beta2Power = reader.ReadDouble();
        FloatBlock.Read(reader, _means);
        FloatBlock.Read(reader, _squares);
    }
}
