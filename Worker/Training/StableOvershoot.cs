using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>
/// How far the loss of a quadratic can rise above its first value before it falls, at a rate that is stable. Momentum carries weights past the optimum:
/// with full batches heavy ball at the end of its stable range swings out to (1+μ)/(1−μ) times the first distance, 19 times at μ = 0.9, and then converges.
/// The bounds are those of the recurrences of <see cref="OptimizerSettings.HeavyBall"/> and <see cref="OptimizerSettings.Nesterov"/> at that end.
/// </summary>
internal static class StableOvershoot
{
    /// <summary>Largest ratio of a later loss to the first, ≥ 1; 1 where theory knows none.</summary>
    public static double Of(OptimizerSettings optimizer)
    {
        var distance = optimizer switch
        {
            OptimizerSettings.HeavyBall { Momentum: var momentum } => (1 + momentum) / (1 - momentum),
            OptimizerSettings.Nesterov { Momentum: var momentum } => 1 + (2 * momentum * momentum / (1 + (2 * momentum))),
            _ => 1,
        };
        return distance * distance;
    }
}
