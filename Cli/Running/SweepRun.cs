using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Files;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Remote;
using CloudSweep.Cli.Reproduction;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Protos.V1;
using Grpc.Core;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Cli.Running;

/// <summary>The main job: hosts a Coordinator and a Worker, submits a sweep or goes on with it, shows how it goes, and gives the answer.</summary>
internal sealed class SweepRun(RunSettings settings, StateDirectory state)
{
    public async Task<int> RunAsync()
    {
        var mistakes = new List<string>();
        var (file, export) = ReadArguments(mistakes);
        if (mistakes.Count > 0)
        {
            ErrorText.Write($"{ErrorText.Mistakes(mistakes.Count)} in the command line; nothing was run", mistakes);
            return ExitCodes.Usage;
        }

        using var stop = new StopSignal();
        var shards = await FindShardsAsync(file, stop.Token);
        state.Create();
        var embedded = new EmbeddedSettings(state, DataPlaces.Of(file.Patterns), settings.Slots, settings.Threads);
        var view = ProgressView.Create();
        try
        {
            await using var host = await EmbeddedHost.StartAsync(embedded, stop.Token);
            var sweep = await new SweepSubmission(host.Sweeps, view).SubmitAsync(file.Spec, shards, settings.IsFresh, stop.Token);
            await FollowAsync(host, sweep, view, stop.Token);
            var code = await AnswerAsync(host, sweep, stop.Token);
            if (export is not null && code is (ExitCodes.Done or ExitCodes.FinishedWithFailures))
            {
                view.Say(await new TrialExport(export, embedded).RunAsync(await host.ReadSweepAsync(sweep.Id, stop.Token), await host.FindTrialAsync(sweep.Id, export.Trial, stop.Token), stop.Token));
            }

            return code;
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException && stop.Token.IsCancellationRequested)
        {
            view.Say("Stopped. What was trained is kept; the same command goes on from there.");
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>Mistakes in the command line are told beside those in the sweep file.</summary>
    /// <exception cref="InvalidSweepException">The sweep file breaks rules.</exception>
    private (SweepFile File, ExportRequest? Export) ReadArguments(List<string> mistakes)
    {
        try
        {
            var read = SweepFile.Read(settings.File);
            var file = settings.IsRangeTest ? read with { Spec = RangeTestSpec.Of(read.Spec) } : read;
            return (file, ExportRequestReader.Read(settings.Export, TrialExpander.Count(file.Spec) + NextRound.MostTrials(file.Spec), mistakes));
        }
        catch (InvalidSweepException)
        {
            _ = ExportRequestReader.Read(settings.Export, trials: null, mistakes);
            if (mistakes.Count > 0)
            {
                ErrorText.Write($"{ErrorText.Mistakes(mistakes.Count)} in the command line", mistakes);
            }

            throw;
        }
    }

    private static async Task<ShardTable> FindShardsAsync(SweepFile file, CancellationToken cancellationToken)
    {
        await using var data = new DataLocator(file.Patterns);
        return await data.FindAsync(cancellationToken);
    }

    /// <summary>Trains until the sweep is final or paused.</summary>
    /// <exception cref="StoreUnavailableException">The store can't be written, so nothing goes on.</exception>
    private static async Task FollowAsync(EmbeddedHost host, SubmittedRun sweep, ProgressView view, CancellationToken cancellationToken)
    {
        if (sweep.IsFinished)
        {
            return;
        }

        foreach (var line in BoundsText.Lines(await host.StartWorkerAsync(sweep.Id)))
        {
            view.Say(line);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = view.FollowAsync(host.Sweeps, sweep.Id, ending.Token);
        if (await Task.WhenAny(following, host.StoreFailure) == following)
        {
            await following;
            return;
        }

        await ending.CancelAsync();
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw await host.StoreFailure;
    }

    private async Task<int> AnswerAsync(EmbeddedHost host, SubmittedRun sweep, CancellationToken cancellationToken)
    {
        var result = await SweepResult.ReadAsync(host.Sweeps, sweep.Id, cancellationToken);
        switch (result.Progress.State)
        {
            case SweepState.Failed:
                ErrorText.Write(result.Progress.Reason);
                return result.Progress.InputAtFault ? ExitCodes.Usage : ExitCodes.Failed;
            case SweepState.Paused:
                ErrorText.Write(
                    $"{sweep.Id} is paused: {result.Progress.Reason}",
                    ["What was trained is kept. With the data as it was, the same command goes on; with other data it makes a new sweep."]);
                return ExitCodes.Failed;
            default:
                return await AnswerAsync(host.Sweeps, result, state.ResultsOf(new SweepId(sweep.Id)), cancellationToken);
        }
    }

    private async Task<int> AnswerAsync(Sweeps.SweepsClient sweeps, SweepResult result, string folder, CancellationToken cancellationToken)
    {
        ResultFolder.Write(folder, result);
        var model = await ModelDownload.WriteAsync(sweeps, result, folder, cancellationToken);
        if (settings.IsJson)
        {
            await Console.Out.WriteLineAsync(AnswerJson.Write(result, ResultFolder.ReportIn(folder), model));
        }
        else
        {
            AnswerText.Write(Console.Out, result, folder);
        }

        return SweepAnswer.CodeOf(result.Progress);
    }
}
