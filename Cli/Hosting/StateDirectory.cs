using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Hosting;

/// <summary>The folder that keeps sweeps, cached data, checkpoints, results and logs.</summary>
internal sealed class StateDirectory(string path)
{
    // sockaddr_un holds 108 bytes.
    private const int MaxSocketPathBytes = 100;

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = System.IO.Path.GetFullPath(path);

    public string Cache => System.IO.Path.Combine(Root, "cache");

    public string Checkpoints => System.IO.Path.Combine(Root, "checkpoints");

    public string Logs => System.IO.Path.Combine(Root, "logs");

    /// <summary>Where a sweep's results go.</summary>
    public string ResultsOf(SweepId sweep) => System.IO.Path.Combine(Root, "sweeps", sweep.Value);

    /// <summary>A folder for the socket that only its owner can enter, with a path short enough for a socket.</summary>
    public string CreateSocketDirectory()
    {
        var inState = System.IO.Path.Combine(Root, "run");
        if (System.Text.Encoding.UTF8.GetByteCount(inState) <= MaxSocketPathBytes - "/cloudsweep.sock".Length)
        {
            return (OperatingSystem.IsWindows() ? Directory.CreateDirectory(inState) : Directory.CreateDirectory(inState, OnlyOwner)).FullName;
        }

        // Made with mode 0700.
        return Directory.CreateTempSubdirectory("cloudsweep-").FullName;
    }
}
