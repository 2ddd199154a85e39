using System.CommandLine;
using CloudSweep.Coordinator.Security;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep token</c>: tokens that a Coordinator accepts.</summary>
internal static class TokenCommand
{
    private const int MaxDays = 3650;

    public static Command Create() => new("token", "Tokens that a Coordinator accepts.") { CreateToken() };

    private static Command CreateToken()
    {
        var name = new Option<string>("--name") { Description = "Whose token it is, e.g. alice or worker-1. A second token of a name replaces none, so that it can be rotated.", HelpName = "NAME", Required = true };
        var role = new Option<string>("--role") { Description = "submitter (people and their tools) or worker.", HelpName = "ROLE", Required = true }.AcceptOnlyFromAmong("submitter", "worker");
        var file = new Option<string>("--file") { Description = "The Coordinator's Tokens:File; made when absent. It keeps the token's hash, never the token.", HelpName = "FILE", Required = true };
        var expires = CommonOptions.Number("--expires", "Days after which it is refused. Default: never.", 1, MaxDays, 0);
        expires.HelpName = "DAYS";
        var command = new Command("create", "Make a token, add its hash to a file and print the token: once, on standard output.") { name, role, expires, file };
        command.SetAction((parsed, cancellationToken) => CommandGuard.RunAsync(
            () => RunAsync(parsed.GetValue(name)!, parsed.GetValue(role)!, parsed.GetValue(expires), Path.GetFullPath(parsed.GetValue(file)!), TimeProvider.System, cancellationToken),
            logDirectory: null));
        return command;
    }

    private static async Task<int> RunAsync(string name, string role, int days, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset? expiresAt = days == 0 ? null : time.GetUtcNow().AddDays(days);
        var token = await TokenFile.AddTokenAsync(file, name, role == "submitter" ? CallerRole.Submitter : CallerRole.Worker, expiresAt, time, cancellationToken);

        await Console.Out.WriteLineAsync(token);
        await Console.Error.WriteLineAsync(FormattableString.Invariant(
            $"The hash of this {role} token of {name} is in {file}{(expiresAt is { } end ? $"; it ends at {end:u}" : "")}. The token is shown this once: keep it in a file that only its user can read. A Coordinator takes it within 5 s."));
        return ExitCodes.Done;
    }
}
