using System.Globalization;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Worker.Reproduction;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Cli.Reproduction;

/// <summary>Exports a trial of a sweep whose data has been profiled.</summary>
/// <param name="request">Which trial, and where to.</param>
/// <param name="settings">Which data may be read, and where its cached blocks are.</param>
internal sealed class TrialExport(ExportRequest request, EmbeddedSettings settings)
{
    /// <returns>What was done, for people.</returns>
    /// <param name="sweep">As it is stored.</param>
    /// <param name="trial">As it is stored; null when the sweep has none of the number, for a search ends when it will.</param>
    /// <param name="cancellationToken">Nothing is written once it is cancelled.</param>
    public async Task<string> RunAsync(SweepRecord sweep, TrialRecord? trial, CancellationToken cancellationToken)
    {
        if (sweep.ProfileJson is null || sweep.Numerics is null)
        {
            throw new DataErrorException($"{sweep.Id} ended before it trained, so there is no trial to export; run it again with --fresh.");
        }

        if (trial is null or { Parameters.Ramp: not null })
        {
            throw new DataErrorException(string.Create(
                CultureInfo.InvariantCulture,
                $"Trial {request.Trial} of {sweep.Id} {(trial is null ? $"does not exist; it has {sweep.TrialCount}" : "is a ramp of the range test, which PyTorch has no schedule for")}. results.csv lists the trials; name a full one."));
        }

        var spec = CanonicalJson.Read<SweepSpec>(sweep.SpecJson);
        var source = new ExportedTrial(
            sweep.Id,
            new Trial(trial.Number, trial.Parameters),
            spec.Data,
            CanonicalJson.Read<ShardTable>(sweep.ShardTableJson),
            CanonicalJson.Read<DataProfile>(sweep.ProfileJson),
            VersionOf(sweep.Numerics));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToConfiguration(socket: "", sweep.Id.Value)).Build();
        await using var services = new ServiceCollection().AddLogging().AddTrialExporter(configuration).BuildServiceProvider();
        var steps = 0;
        await new OutputFolder(services.GetRequiredService<ObjectStores>()).WriteAsync(
            request.Folder,
            async folder => steps = await services.GetRequiredService<TrialExporter>().ExportAsync(source, request.Steps, folder, cancellationToken),
            cancellationToken);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Exported the first {steps} {(steps == 1 ? "step" : "steps")} of trial {request.Trial} to {request.Folder}; examples/torch/reproduce.py repeats them in PyTorch.");
    }

    // Stored as version/path, e.g. 1/avx2.
    private static int VersionOf(string numerics) => int.Parse(numerics.AsSpan(0, numerics.IndexOf('/', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
}
