using System.CommandLine;
using CloudSweep.Cli.Hosting;
using CloudSweep.Coordinator;
using CloudSweep.Worker;
using Microsoft.Extensions.Hosting;

namespace CloudSweep.Cli.Commands;

/// <summary><c>cloudsweep coordinator</c> and <c>cloudsweep worker</c>: a host as a process of its own.</summary>
internal static class HostCommand
{
    public static Command Coordinator() => Create(
        "coordinator",
        "Run a Coordinator until it is told to stop.",
        """
        --Section:Key=value, or CloudSweep__Section__Key in the environment:
          --Listen=URL                     http://127.0.0.1:5080 (default), unix:/path, https://host:port
          --Storage:Directory=DIR          where sweeps are kept
          --Tls:CertificateFile, --Tls:KeyFile, --Tokens:File, --Oidc:Issuer    needed off this machine
          --PubSub:Project, --PubSub:Topic notifies Workers; without them they poll
          --Checkpoints:Location=PLACE     absolute folder or gs://bucket/prefix, the same for Workers. Required
        All of them: docs/operations.md.
        """,
        CoordinatorHost.Build);

    public static Command Worker() => Create(
        "worker",
        "Run a Worker until it is told to stop; then it saves what it has and gives it back.",
        """
        --Section:Key=value, or CloudSweep__Section__Key in the environment:
          --Worker:Coordinator=URL         https://host:port, http://127.0.0.1:port or unix:/path
          --Worker:TokenFile, --Worker:CaFile, --Worker:OidcAudience            who it is, whom it trusts
          --Worker:Slots=N                 jobs at once
          --Data:AllowedRoots:0=DIR, --Data:AllowedBuckets:0=BUCKET             data that it may read
          --Data:CacheDirectory=DIR        where decoded data is kept. Required
          --Checkpoints:Location=PLACE     absolute folder or gs://bucket/prefix, the same for the Coordinator. Required
          --PubSub:Project, --PubSub:Subscription                               hears of jobs at once; without them it polls
        All of them: docs/operations.md.
        """,
        WorkerHost.Build);

    /// <summary>Any setting is an option, so they are taken as they come.</summary>
    public static Argument<string[]> Settings(string description)
    {
        var settings = new Argument<string[]>("SETTINGS") { Description = description, Arity = ArgumentArity.ZeroOrMore };
        settings.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsSetting(token.Value)))
            {
                result.AddError($"'{token.Value}' is not a setting; write it as --Section:Key=value.");
            }
        });
        return settings;
    }

    private static Command Create(string name, string description, string usualSettings, Func<string[], IHost> build)
    {
        var settings = Settings(usualSettings);
        var command = new Command(name, description) { settings };
        command.SetAction((parsed, _) => CommandGuard.RunAsync(() => RunningHost.RunAsync(name, () => build(parsed.GetValue(settings) ?? [])), logDirectory: null));
        return command;
    }

    private static bool IsSetting(string text) => text.StartsWith("--", StringComparison.Ordinal) && text.IndexOf('=', StringComparison.Ordinal) > 2;
}
