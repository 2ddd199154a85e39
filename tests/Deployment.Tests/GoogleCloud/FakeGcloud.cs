using CloudSweep.TestSupport;

namespace CloudSweep.Deployment.Tests.GoogleCloud;

/// <summary>A project of Google Cloud that a script of this machine stands for.</summary>
internal sealed class FakeGcloud : IDisposable
{
    private static readonly string[] Changes = [" create ", " add-iam-policy-binding "];

    private readonly TemporaryFolder _folder = new();

    public FakeGcloud()
    {
        File.Copy(Repository.PathOf("tests", "Deployment.Tests", "GoogleCloud", "gcloud"), _folder["gcloud"]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["gcloud"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var file in (string[])["calls", "made", "granted", "refuse"])
        {
            File.WriteAllText(_folder[file], "");
        }
    }

    /// <summary>Every call so far.</summary>
    public string[] Calls => File.ReadAllLines(_folder["calls"]);

    /// <summary>Calls that changed something.</summary>
    public string[] Changed => [.. Calls.Where(call => Changes.Any(change => $" {call}".Contains(change, StringComparison.Ordinal)))];

    /// <summary>What was granted, as resource, role and member.</summary>
    public (string Resource, string Role, string Member)[] Granted =>
        [.. File.ReadAllLines(_folder["granted"]).Select(line => line.Split('\t')).Select(words => (words[0], words[1], words[2]))];

    /// <summary>What was made, as kind and name.</summary>
    public string[] Made => File.ReadAllLines(_folder["made"]);

    /// <summary>Refuses calls that contain a text from now on.</summary>
    public void Refuse(string text) => File.WriteAllText(_folder["refuse"], text);

    /// <summary>Runs deploy/gcp/setup.sh in this project.</summary>
    public Task<Command> SetUpAsync(params IEnumerable<string> arguments) => Command.RunAsync(
        Repository.PathOf("deploy", "gcp", "setup.sh"),
        arguments,
        new Dictionary<string, string> { ["PATH"] = $"{_folder.Root}:{Environment.GetEnvironmentVariable("PATH")}", ["FAKE_GCLOUD"] = _folder.Root });

    public void Dispose() => _folder.Dispose();
}
