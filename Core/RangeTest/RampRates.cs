using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.RangeTest;

/// <summary>The learning rate of each step of a ramp, in double precision, the same on every machine.</summary>
public sealed class RampRates
{
    private readonly double _from;
    private readonly double _top;

    /// <param name="parameters">Of a ramp.</param>
    /// <param name="steps">Optimizer steps that it has, ≥ 1.</param>
    public RampRates(TrialParameters parameters, long steps)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _from = (parameters.Ramp ?? throw new ArgumentException("It is no ramp.", nameof(parameters))).From;
        _top = parameters.LearningRate;

        // Rounded, for the last bits of exp and log differ between platforms; all else is multiplication.
        Factor = steps == 1 ? 1 : LearningRates.Round(Math.Exp((Math.Log(_top) - Math.Log(_from)) / (steps - 1)));
    }

    /// <summary>Rate of a step over that of the step before.</summary>
    public double Factor { get; }

    /// <summary>Rate of a step, from 1; never above the ramp's highest.</summary>
    public double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        var (power, factor) = (1.0, Factor);
        for (var exponent = step - 1; exponent > 0; exponent >>= 1, factor *= factor)
        {
            power *= (exponent & 1) == 1 ? factor : 1;
        }

        return Math.Min(_from * power, _top);
    }
}
