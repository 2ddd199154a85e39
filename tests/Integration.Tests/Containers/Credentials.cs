using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Processes;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>A private CA, the Coordinator's certificate and tokens of both roles, as <c>cloudsweep credentials create</c> makes them.</summary>
internal sealed class Credentials : IDisposable
{
    /// <summary>Where containers have the files.</summary>
    public const string Folder = "/etc/cloudsweep";

    // User and group of the images.
    private const uint AppUser = 1654;

    private readonly TemporaryFolder _folder = new();

    private Credentials()
    {
    }

    /// <summary>The path of a file on this machine.</summary>
    public string this[string name] => _folder[Path.Combine("made", name)];

    /// <summary>For a Coordinator that is <c>coordinator</c> to containers and 127.0.0.1 to programs of this machine.</summary>
    public static async Task<Credentials> CreateAsync()
    {
        var credentials = new Credentials();
        await using var command = ChildProcess.Start(
            "cloudsweep.dll", credentials._folder.Root, new Dictionary<string, string>(), "credentials", "create", "made", "--host", "coordinator", "--host", "127.0.0.1");
        var (exitCode, _, errors) = await command.WaitAsync();
        Assert.True(exitCode == 0, errors);
        return credentials;
    }

    /// <summary>Puts files into a container, for its user only.</summary>
    public ContainerBuilder CopyTo(ContainerBuilder container, params IEnumerable<string> names) => names.Aggregate(
        container,
        (described, name) => described.WithResourceMapping(File.ReadAllBytes(this[name]), $"{Folder}/{name}", AppUser, AppUser, UnixFileModes.UserRead | UnixFileModes.UserWrite));

    public void Dispose() => _folder.Dispose();
}
