using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Files;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Grpc.Core;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Cli.Running;

/// <summary>The main job: hosts a Coordinator and a Worker, submits a sweep or goes on with it, shows how it goes, and gives the answer.</summary>
internal sealed class SweepRun(RunSettings settings, StateDirectory state)
{
    public async Task<int> RunAsync()
    {
        var file = SweepFile.Read(settings.File);
        using var stop = new StopSignal();
        var shards = await FindShardsAsync(file, stop.Token);
        state.Create();
        var embedded = new EmbeddedSettings(state, [DataLocator.RootOf(file.TrainPattern)], settings.Slots, settings.Threads);
        var view = ProgressView.Create();
        try
        {
            await using var host = await EmbeddedHost.StartAsync(embedded, stop.Token);
            var sweep = await SubmitAsync(host.Sweeps, file.Spec, shards, view, stop.Token);
            await view.FollowAsync(host.Sweeps, sweep, stop.Token);
            return await AnswerAsync(host.Sweeps, sweep, stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException && stop.Token.IsCancellationRequested)
        {
            view.Say("Stopped. What was trained is kept; the same command goes on from there.");
            return ExitCodes.Interrupted;
        }
    }

    private static async Task<ShardTable> FindShardsAsync(SweepFile file, CancellationToken cancellationToken)
    {
        await using var data = new DataLocator(file.TrainPattern);
        return await data.FindAsync(cancellationToken);
    }

    private async Task<string> SubmitAsync(Sweeps.SweepsClient sweeps, SweepSpec spec, ShardTable shards, ProgressView view, CancellationToken cancellationToken)
    {
        var request = new SubmitSweepRequest
        {
            RequestId = Guid.NewGuid().ToString("N"),
            SpecJson = CanonicalJson.Write(spec),
            ShardTableJson = CanonicalJson.Write(shards),
            Fresh = settings.IsFresh,
        };
        var submitted = await sweeps.SubmitSweepAsync(request, cancellationToken: cancellationToken);
        if (!submitted.Existed)
        {
            view.Say($"Started {submitted.Sweep}.");
            return submitted.Sweep;
        }

        var progress = (await sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = submitted.Sweep }, cancellationToken: cancellationToken)).Progress;
        if (progress.State is SweepState.Failed or SweepState.Cancelled)
        {
            view.Say($"{submitted.Sweep} ended {progress.State}; starting over.");
            request.Fresh = true;
            return (await sweeps.SubmitSweepAsync(request, cancellationToken: cancellationToken)).Sweep;
        }

        view.Say(progress.State == SweepState.Completed
            ? $"{submitted.Sweep} was finished before; this is its result. --fresh starts over."
            : $"Going on with {submitted.Sweep}. --fresh starts over.");
        return submitted.Sweep;
    }

    private async Task<int> AnswerAsync(Sweeps.SweepsClient sweeps, string sweep, CancellationToken cancellationToken)
    {
        var result = await SweepResult.ReadAsync(sweeps, sweep, cancellationToken);
        if (result.Progress.State == SweepState.Failed)
        {
            ErrorText.Write(result.Progress.Reason);
            return result.Progress.InputAtFault ? ExitCodes.Usage : ExitCodes.Failed;
        }

        var folder = state.ResultsOf(new SweepId(sweep));
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

        var isWhole = result.Progress.State == SweepState.Completed && result.Progress.Trials.Failed == 0;
        return isWhole ? ExitCodes.Done : ExitCodes.FinishedWithFailures;
    }
}
