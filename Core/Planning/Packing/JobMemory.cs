using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Core.Planning.Packing;

/// <summary>What a job takes of a Worker's memory while it trains, bytes. Beside it stands what the program itself takes, some 100 MB.</summary>
/// <param name="Rows">Decoded rows: all of a data set of one window, else two windows, what is read ahead of them, and the rows that lanes train on at the time.</param>
/// <param name="Lanes">Weights, optimizer state and what else each lane keeps.</param>
/// <param name="Threads">Gradients and activations of each thread.</param>
/// <param name="Snapshot">The lane that a checkpoint is written of at the time.</param>
public sealed record JobMemory(long Rows, long Lanes, long Threads, long Snapshot)
{
    /// <summary>What a Worker's decoded rows and the blocks being read may take unless Data:MemoryBudgetBytes says otherwise: 1 GiB.</summary>
    public const long RowBudgetBytes = 1L << 30;

    /// <summary>Rows of a forward and backward pass; longer batches are taken piece by piece.</summary>
    public const int PassRows = 256;

    // Blocks that are read at once, and the most that one takes.
    private const long OpenBlocks = 4;
    private const long BlockBytes = 4L << 20;
    // Small enough for the last-level cache, and long enough for a lane to earn back the switch to it.
    private const long TurnBytes = 4L << 20;
    private const int FewestTurnRows = 64;
    private const int LabelBytes = 12;

    public long Total => Rows + Lanes + Threads + Snapshot;

    /// <summary>Of a job that trains all of <paramref name="trials"/>, at least one, beside each other.</summary>
    public static JobMemory Of(IReadOnlyCollection<Trial> trials, DataShape data, ScoreUse use, int threads)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(data);
        var lanes = trials.GroupBy(trial => (trial.Parameters.Model, trial.Parameters.Training, trial.Parameters.Optimizer))
            .Sum(alike => alike.Count() * LaneMemory.Bytes(alike.First().Parameters, data, use));
        return Without(trials, data, use, threads) with { Lanes = lanes };
    }

    /// <summary>What such a job takes for any number of lanes: all but the lanes themselves.</summary>
    public static JobMemory Without(IReadOnlyCollection<Trial> trials, DataShape data, ScoreUse use, int threads)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(data);
        var kinds = trials.Select(trial => trial.Parameters).DistinctBy(parameters => (parameters.Model, parameters.Training, parameters.Optimizer)).ToArray();
        var models = kinds.Select(kind => kind.Model).Distinct().ToArray();
        var gradients = models.Max(model => LaneMemory.PaddedParameters(model, data.Features, data.Classes));

        // Activations of each layer, GELU's inputs beside them, and two buffers of the widest layer for gradients.
        var perRow = models.Max(model => LaneMemory.PaddedOutputs(model, data.Features, data.Classes) * (model is ModelSpec.Mlp { Activation: Activation.Gelu } ? 4 : 3));
        return new JobMemory(
            RowBytesOf(data),
            0,
            threads * sizeof(float) * (gradients + (PassRows * perRow)),
            kinds.Max(kind => LaneMemory.Bytes(kind, data, use)));
    }

    /// <summary>Rows that every lane trains on before the next lane takes its thread, where batches are short.</summary>
    /// <param name="features">Features of a row, ≥ 1.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    public static long TurnRows(int features, long trainRows) =>
        Math.Clamp(TurnBytes / (sizeof(float) * (long)features), FewestTurnRows, Math.Max(FewestTurnRows, trainRows));

    // All rows that fit into half of the budget stay; else two windows or parts of windows do, and the validation rows where they fit.
    private static long RowBytesOf(DataShape data)
    {
        var rowBytes = (sizeof(float) * (long)data.Features) + LabelBytes;
        var (train, validation) = (data.TrainRows * rowBytes, data.ValidationRows * rowBytes);
        var blocks = OpenBlocks * Math.Min(BlockBytes, 2 * (train + validation));
        var kept = data.TrainRows <= FeatureLayout.WindowRows && train + validation <= RowBudgetBytes / 2
            ? train + validation
            : Math.Min(RowBudgetBytes, (validation <= RowBudgetBytes / 4 ? validation : 0) + (2 * Math.Min(train, FeatureLayout.WindowRows * rowBytes)));
        return kept + blocks + (2 * TurnRows(data.Features, data.TrainRows) * rowBytes);
    }
}
