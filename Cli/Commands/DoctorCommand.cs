using System.CommandLine;
using CloudSweep.Cli.Diagnosis;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Remote;
using CloudSweep.Cli.Running;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep doctor</c>: checks what CloudSweep needs, and says how to mend what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var settings = HostCommand.Settings("Those of coordinator and worker: --Section:Key=value …");
        var fix = new Option<bool>("--fix") { Description = "Create what is missing: folders, topic, subscription, and buckets where PubSub:Project or GOOGLE_CLOUD_PROJECT names a project." };
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("doctor", "Check folders, credentials, topic, subscription, buckets, Coordinator and clock, and say how to mend what is wrong.")
        {
            settings, fix, state, output,
        };
        var connection = new ConnectionArguments().AddTo(command);
        command.SetAction((parsed, _) => CommandGuard.RunAsync(
            async () =>
            {
                using var stop = new StopSignal();
                var coordinator = connection.IsGiven(parsed, Environment.GetEnvironmentVariable) ? connection.Read(parsed, Environment.GetEnvironmentVariable) : null;
                await using var checks = new DoctorChecks(CommandSettings.ReadOfHosts(parsed.GetValue(settings) ?? []));
                var examined = Doctor.ExamineAsync(checks.Of(coordinator, parsed.GetRequiredValue(state)), parsed.GetValue(fix), stop.Token);
                return await TellAsync(examined, parsed.GetRequiredValue(output) == "json");
            },
            logDirectory: null));
        return command;
    }

    private static async Task<int> TellAsync(IAsyncEnumerable<Examined> examined, bool isJson)
    {
        var all = new List<Examined>();
        await foreach (var one in examined)
        {
            all.Add(one);
            if (!isJson)
            {
                DoctorText.Write(Console.Out, one);
            }
        }

        if (isJson)
        {
            await Console.Out.WriteLineAsync(DoctorJson.Write(all));
        }

        return all.Any(one => one.Result is CheckResult.Wrong) ? ExitCodes.Failed : ExitCodes.Done;
    }
}
