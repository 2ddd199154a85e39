using System.CommandLine;
using CloudSweep.Cli.Files;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Remote;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep submit FILE</c>: hands a sweep to a Coordinator. Doing it again finds the sweep that is there.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        var file = CommonOptions.File();
        var fresh = new Option<bool>("--fresh") { Description = "Start over, also where the same sweep is there; unfinished ones of the file are cancelled." };
        var watch = new Option<bool>("--watch") { Description = "Follow the sweep to its end and show its answer." };
        var output = CommonOptions.Output();
        var command = new Command("submit", "Submit a sweep to a Coordinator, and print its id.") { file, fresh, watch, output };
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => RemoteSession.RunAsync(connection, parsed, (session, cancellationToken) => SubmitAsync(
            session,
            parsed.GetRequiredValue(file),
            parsed.GetValue(fresh),
            parsed.GetValue(watch),
            parsed.GetRequiredValue(output) == "json",
            cancellationToken)));
        return command;
    }

    private static async Task<int> SubmitAsync(RemoteSession session, string path, bool isFresh, bool isWatched, bool isJson, CancellationToken cancellationToken)
    {
        var file = SweepFile.Read(path);
        await using var data = new DataLocator(file.Patterns);
        var shards = await data.FindAsync(cancellationToken);
        var (submitted, progress) = await new RemoteSubmission(session.Sweeps).SubmitAsync(file.Spec, shards, isFresh, cancellationToken);
        foreach (var line in RemoteSubmission.Text(submitted, progress))
        {
            session.View.Say(line);
        }

        if (isWatched)
        {
            session.View.Say(submitted.Sweep);
            return await SweepWatching.RunAsync(session, submitted.Sweep, isJson, cancellationToken);
        }

        await Console.Out.WriteLineAsync(isJson ? SweepJson.Submitted(submitted, progress.Name, progress.State) : submitted.Sweep);
        return ExitCodes.Done;
    }
}
