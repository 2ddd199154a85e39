using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ranking;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Reproduction;

/// <summary>Writes a trial's first steps for other programs, such as examples/torch/reproduce.py.</summary>
public sealed class TrialExporter
{
    private readonly ITrainingRowsFactory _rows;

    internal TrialExporter(ITrainingRowsFactory rows) => _rows = rows;

    /// <returns>Steps that were written: fewer than asked for when the trial is shorter or diverged before.</returns>
    /// <param name="source">The trial and what it was trained on.</param>
    /// <param name="steps">Steps to write, ≥ 1.</param>
    /// <param name="folder">See <see cref="TrialFolder.Problem"/>.</param>
    /// <param name="cancellationToken">Nothing is written once it is cancelled.</param>
    /// <exception cref="DataErrorException">The trial can't be exported.</exception>
    public async Task<int> ExportAsync(ExportedTrial source, int steps, string folder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.NumericsVersion != Numerics.Version)
        {
            throw new DataErrorException($"The sweep was trained with version {source.NumericsVersion} of the arithmetic and this program has version {Numerics.Version}; run the sweep again with --fresh to export a trial of it.");
        }

        var parameters = source.Trial.Parameters;
        var order = TrialSeeds.For(parameters.Training, parameters.Repeat).DataOrder;
        var rows = await _rows.OpenAsync(source.Data, source.Shards, source.Profile, order, new DataCounters(), cancellationToken);
        using (rows as IDisposable)
        {
            var recorder = new TrialRecorder(rows, Baseline.TrainingLoss(source.Profile), KernelPaths.Supported()[0]);
            var recorded = await Task.Run(() => recorder.Record(source.Sweep.Value, source.Trial, steps, cancellationToken), cancellationToken);
            TrialFolder.Write(folder, recorded);
            return recorded.Document.Losses.Count;
        }
    }
}
