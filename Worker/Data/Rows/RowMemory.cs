using System.Numerics;
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

    // In an evaluation, a reader of training rows and one of validation rows have their buffers, which are rented by powers of two.
    private const int ReadersAtOnce = 2;

    // The first and the last block of a window stay at hand for the windows beside it.
    private const int SharedBlocks = 2;

    /// <param name="budgetBytes">For all decoded rows and the blocks being read.</param>
    /// <param name="residentLimitBytes">For rows that all stay decoded.</param>
    /// <param name="threads">Blocks being read.</param>
    /// <param name="featureCount">Features of a row.</param>
    public static RowMemory Of(long budgetBytes, long residentLimitBytes, int threads, DataProfile profile, int featureCount)
    {
        var (trainRows, validationRows) = (profile.TrainRows(), profile.ValidationRows());
        var rowBytes = (sizeof(float) * (long)featureCount) + sizeof(float) + sizeof(int);
        if (trainRows <= EpochOrder.WindowRows && (trainRows + validationRows) * rowBytes <= residentLimitBytes && IsOneArray(validationRows, featureCount))
        {
            return new RowMemory(true, true, (int)trainRows);
        }

        // A reader holds two chunks, and a chunk of held-out rows is at most a block's.
        var blockRows = BlockFormat.RowsPerBlock(profile.Features.Count);
        var blockBytes = (long)BitOperations.RoundUpToPowerOf2((ulong)(8L * blockRows * (profile.Features.Count + 1)));
        var spare = budgetBytes - (ReadersAtOnce * (threads + SharedBlocks) * blockBytes) - (2 * blockRows * rowBytes);
        var keepsValidation = validationRows * rowBytes <= spare / 4 && IsOneArray(validationRows, featureCount);
        var window = Math.Min(EpochOrder.WindowRows, trainRows);
        var most = Math.Clamp((spare - (keepsValidation ? validationRows * rowBytes : 0)) / 2 / rowBytes, Math.Min(FewestPartRows, window), window);
        var parts = (window + most - 1) / most;
        return new RowMemory(false, keepsValidation, (int)((window + parts - 1) / parts));
    }

    // Training rows of a window are, which is a rule of the sweep's columns.
    private static bool IsOneArray(long rows, int featureCount) => rows * featureCount <= Array.MaxLength;
}
