using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>What lanes need: parameters × 4 bytes × (1 + optimizer state, + 1 where the best weights are kept) each.</summary>
public static class LaneMemory
{
    /// <summary>Most bytes of all lanes of a job together: 1 GiB.</summary>
    public const long DefaultLimitBytes = 1L << 30;

    /// <summary>Scores of the validation rows that a lane keeps to rank them (<c>val_auc</c>).</summary>
    public static long ScoreBytes(DataProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return ModelFit.RanksRows(profile.Classes.Count, profile.ValidationRows()) ? profile.ValidationRows() * 4 : 0;
    }

    /// <param name="parameters">Weights and biases.</param>
    /// <param name="optimizer">Its state.</param>
    /// <param name="use">With the best evaluation as score, a lane keeps a copy of its weights at that.</param>
    public static long Bytes(long parameters, OptimizerSettings optimizer, ScoreUse use = ScoreUse.Final) =>
        parameters * 4 * (1 + StateCount(optimizer) + (use == ScoreUse.Best ? 1 : 0));

    // Numbers that the optimizer remembers for each parameter.
    private static int StateCount(OptimizerSettings optimizer) => optimizer switch
    {
        OptimizerSettings.Sgd => 0,
        OptimizerSettings.HeavyBall or OptimizerSettings.Nesterov or OptimizerSettings.AdaGrad => 1,
        OptimizerSettings.RmsProp rmsProp => 1 + (rmsProp.Centered ? 1 : 0) + (rmsProp.Momentum > 0 ? 1 : 0),
        OptimizerSettings.Adam adam => adam.Amsgrad ? 3 : 2,
        OptimizerSettings.AdamW adam => adam.Amsgrad ? 3 : 2,
        _ => throw new ArgumentOutOfRangeException(nameof(optimizer)),
    };
}
