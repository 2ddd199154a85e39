using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Hosting;

/// <summary>The folder that keeps sweeps, cached data, checkpoints, results and logs.</summary>
internal sealed class StateDirectory(string path)
{
    // sockaddr_un holds 108 bytes.
    private const int MaxSocketPathBytes = 100;

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>Makes the folder, for its owner only: it holds copies of the data. A folder that is there keeps its mode.</summary>
    public void Create() => CreateForOwner(Root);

    public string Cache => Path.Combine(Root, "cache");

    public string Checkpoints => Path.Combine(Root, "checkpoints");

    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Where a sweep's results go.</summary>
    public string ResultsOf(SweepId sweep) => Path.Combine(Root, "sweeps", sweep.Value);

    /// <summary>A path for a socket of this process, short enough for one, in a folder that only its owner can enter.</summary>
    public string NewSocket()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.sock");
        var inState = Path.Combine(Root, "run");
        var folder = Encoding.UTF8.GetByteCount(Path.Combine(inState, name)) > MaxSocketPathBytes
            ? Directory.CreateTempSubdirectory("cloudsweep-").FullName
            : CreateForOwner(inState);
        var socket = Path.Combine(folder, name);

        // A process that was killed left its socket; it is gone, since this one has its number.
        File.Delete(socket);
        return socket;
    }

    /// <summary>Mode 0600: only the owner may connect. Sockets beside it are of processes that were killed.</summary>
    public static void Protect(string socket)
    {
        foreach (var stale in Directory.EnumerateFiles(Path.GetDirectoryName(socket)!, "*.sock").Where(other => other != socket))
        {
            File.Delete(stale);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static string CreateForOwner(string folder) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OnlyOwner)).FullName;
}
