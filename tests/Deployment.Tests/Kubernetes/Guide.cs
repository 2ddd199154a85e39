using CloudSweep.TestSupport;

namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>Commands of docs/kubernetes.md that make objects by hand.</summary>
internal static class Guide
{
    /// <summary>What <c>cloudsweep credentials create</c> writes.</summary>
    private static readonly string[] Credentials = ["ca.pem", "ca.key", "tls.pem", "tls.key", "tokens", "submitter.token", "worker.token", "scaler-client.pem", "scaler-client.key"];

    public static string Text { get; } = File.ReadAllText(Repository.PathOf("docs", "kubernetes.md")).Replace("\\\n", " ", StringComparison.Ordinal);

    /// <summary>What all commands for one kind of object make, by letting kubectl run them without a cluster.</summary>
    /// <param name="kind">As <c>kubectl create</c> names it.</param>
    public static async Task<Manifests> MadeAsync(string kind)
    {
        if (RequiredTools.Find("kubectl") is null)
        {
            RequiredTools.Skip("kubectl is missing; install it, e.g. from https://kubernetes.io/docs/tasks/tools/.");
        }

        // The commands begin where the guide does: in the repository's root, with the credentials in a folder beside it.
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder["examples"], Repository.PathOf("examples"));
        Directory.CreateDirectory(folder["credentials"]);
        foreach (var name in Credentials)
        {
            await File.WriteAllTextAsync(Path.Combine(folder["credentials"], name), name);
        }

        var commands = Text.Split('\n').Where(line => line.StartsWith($"kubectl create {kind} ", StringComparison.Ordinal)).Distinct().ToArray();
        Assert.NotEmpty(commands);
        var made = await Task.WhenAll(commands.Select(command => Command.RunAsync("bash", ["-c", $"cd {folder.Root} && {command} --dry-run=client --output=yaml"])));
        Assert.All(made, command => Assert.True(command.ExitCode == 0, command.Errors));
        return Manifests.Parse(string.Join("---\n", made.Select(command => command.Output)));
    }
}
