using System.CommandLine;
using CloudSweep.Cli.Credentials;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep credentials</c>: what a Coordinator and its clients need to trust each other.</summary>
internal static class CredentialsCommand
{
    private const int DefaultDays = 365;

    public static Command Create() => new("credentials", "Certificates and tokens of a Coordinator and its clients.") { CreateAll() };

    private static Command CreateAll()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder to write to, made when absent. One that has any of the files is refused." };
        folder.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError($"DIR '{result.Tokens[0].Value}' must name a folder, e.g. credentials.");
            }
        });
        var hosts = new Option<string[]>("--host") { Description = "DNS name or IP address by which clients reach the Coordinator, once for each.", HelpName = "NAME", Required = true, AllowMultipleArgumentsPerToken = false };
        var days = CommonOptions.Number("--days", $"Days that the certificates last; the CA lasts {CredentialsRun.CaDays}.", 1, CredentialsRun.CaDays, DefaultDays);
        var keep = new Option<bool>("--keep") { Description = "Keep the files where all of them are there, for these hosts and not at their end; for what runs at every start." };
        var output = CommonOptions.Output();
        var command = new Command("create", "Make a private CA, the Coordinator's certificate, a client certificate for KEDA, and a token each for submitters and Workers.")
        {
            folder, hosts, days, keep, output,
        };
        command.SetAction((parsed, cancellationToken) => CommandGuard.RunAsync(
            () => RunAsync(
                new CredentialsRequest(Path.GetFullPath(parsed.GetRequiredValue(folder)), parsed.GetRequiredValue(hosts), parsed.GetRequiredValue(days), parsed.GetValue(keep)),
                parsed.GetRequiredValue(output) == "json",
                cancellationToken),
            logDirectory: null));
        return command;
    }

    private static async Task<int> RunAsync(CredentialsRequest request, bool isJson, CancellationToken cancellationToken)
    {
        var created = await CredentialsRun.RunAsync(request, TimeProvider.System, cancellationToken);
        await Console.Out.WriteLineAsync(isJson ? CredentialsJson.Write(created) : CredentialsText.Of(created));
        return ExitCodes.Done;
    }
}
