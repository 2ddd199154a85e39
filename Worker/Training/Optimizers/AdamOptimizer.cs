using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training.Optimizers;

/// <summary>torch.optim.Adam and AdamW.</summary>
internal sealed class AdamOptimizer : Optimizer
{
    private readonly OptimizerSettings.Adam _settings;
    private readonly bool _isDecoupled;
    private readonly float[] _means;
    private readonly float[] _squares;
    private readonly float[] _maxima;
    private float[] _shrinkages = [];

    // Running products: Math.Pow differs between platforms.
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    public AdamOptimizer(OptimizerSettings.Adam settings, int parameterCount)
        : this(settings, isDecoupled: false, new float[parameterCount], new float[parameterCount], settings.Amsgrad ? new float[parameterCount] : [])
    {
    }

    public AdamOptimizer(OptimizerSettings.AdamW settings, int parameterCount)
        : this(
            new OptimizerSettings.Adam(settings.Beta1, settings.Beta2, settings.Epsilon, settings.Amsgrad, settings.WeightDecay),
            isDecoupled: true,
            new float[parameterCount],
            new float[parameterCount],
            settings.Amsgrad ? new float[parameterCount] : [])
    {
    }

    private AdamOptimizer(OptimizerSettings.Adam settings, bool isDecoupled, float[] means, float[] squares, float[] maxima)
        : base(means, squares, maxima) =>
        (_settings, _isDecoupled, _means, _squares, _maxima) = (settings, isDecoupled, means, squares, maxima);

    public override void Write(BinaryWriter writer)
    {
        base.Write(writer);
        writer.Write(_beta1Power);
        writer.Write(_beta2Power);
    }

    public override void Read(BinaryReader reader)
    {
        base.Read(reader);
        _beta1Power = reader.ReadDouble();
        _beta2Power = reader.ReadDouble();
    }

    public override void Follow(Optimizer other)
    {
        base.Follow(other);
        var adam = (AdamOptimizer)other;
        (_beta1Power, _beta2Power) = (adam._beta1Power, adam._beta2Power);
    }

    protected override void Update(KernelSet kernels, Span<float> weights, ReadOnlySpan<float> gradients, ReadOnlySpan<double> rates)
    {
        var (beta1, beta2, epsilon, _, decay) = _settings;
        _beta1Power *= beta1;
        _beta2Power *= beta2;
        var step = new AdamStep(
            RootOfCorrection: (float)Math.Sqrt(1 - _beta2Power),
            (float)beta1,
            (float)(1 - beta1),
            (float)beta2,
            (float)(1 - beta2),
            (float)epsilon,
            WeightDecay: _isDecoupled ? 0 : (float)decay);
        kernels.UpdateAdam(weights, gradients, _means, _squares, _maxima, Moves(rates, 1 - _beta1Power), Shrinkages(rates, decay), in step);
    }

    private ReadOnlySpan<float> Shrinkages(ReadOnlySpan<double> rates, double decay)
    {
        if (!_isDecoupled || decay == 0)
        {
            return [];
        }

        var shrinkages = Columns(ref _shrinkages, rates);
        for (var column = 0; column < rates.Length; column++)
        {
            shrinkages[column] = -(float)(rates[column] * decay);
        }

        shrinkages[rates.Length..].Fill(shrinkages[0]);
        return shrinkages;
    }
}
