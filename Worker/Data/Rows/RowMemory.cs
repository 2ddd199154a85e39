using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>How the rows of a job share its memory budget.</summary>
/// <param name="IsResident">All rows stay decoded.</param>
/// <param name="KeepsValidation">Else: the validation rows do.</param>
/// <param name="PartRows">Else: training rows that are decoded at once, a window or an equal part of one.</param>
internal sealed record RowMemory(bool IsResident, bool KeepsValidation, int PartRows)
{
    // Less would read the blocks of a window hundreds of times.
    private const long FewestPartRows = 256;

    /// <param name="budgetBytes">For all decoded rows and the blocks being read.</param>
    /// <param name="residentLimitBytes">For rows that all stay decoded.</param>
    /// <param name="threads">Blocks being read.</param>
    /// <param name="featureCount">Features of a row.</param>
    public static RowMemory Of(long budgetBytes, long residentLimitBytes, int threads, DataProfile profile, int featureCount)
    {
        var (trainRows, validationRows) = (profile.TrainRows(), profile.ValidationRows());
        var rowBytes = (sizeof(float) * (long)featureCount) + sizeof(float) + sizeof(int);
        if (trainRows <= EpochOrder.WindowRows && (trainRows + validationRows) * rowBytes <= residentLimitBytes)
        {
            return new RowMemory(true, true, (int)trainRows);
        }

        // A reader holds two chunks, and a chunk of held-out rows is at most a block's.
        var blockRows = BlockFormat.RowsPerBlock(profile.Features.Count);
        var spare = budgetBytes - (threads * 8L * blockRows * (profile.Features.Count + 1)) - (2 * blockRows * rowBytes);
        var keepsValidation = validationRows * rowBytes <= spare / 4;
        var window = Math.Min(EpochOrder.WindowRows, trainRows);
        var most = Math.Clamp((spare - (keepsValidation ? validationRows * rowBytes : 0)) / 2 / rowBytes, Math.Min(FewestPartRows, window), window);
        var parts = (window + most - 1) / most;
        return new RowMemory(false, keepsValidation, (int)((window + parts - 1) / parts));
    }
}
