using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>What lanes need: parameters × 4 bytes × (1 + optimizer state) each.</summary>
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

    public static long Bytes(long parameters, OptimizerSettings optimizer) => parameters * 4 * optimizer switch
    {
        OptimizerSettings.Sgd => 1,
        OptimizerSettings.Adam => 3,
        _ => 2,
    };
}
