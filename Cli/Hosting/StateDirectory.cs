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
    /// <exception cref="UnusableStateException">It or a folder in it can't be made or written.</exception>
    public void Create()
    {
        var isNew = !Directory.Exists(Root);
        try
        {
            CreateForOwner(Root);
            Probe(Root);
            foreach (var folder in (string[])[Cache, Checkpoints, Logs, Run])
            {
                CreateForOwner(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RemoveIfEmpty(isNew);
            throw new UnusableStateException(Root, exception.Message, exception);
        }
    }

    public string Cache => Path.Combine(Root, "cache");

    public string Checkpoints => Path.Combine(Root, "checkpoints");

    public string Logs => Path.Combine(Root, "logs");

    private string Run => Path.Combine(Root, "run");

    /// <summary>Where a sweep's results go.</summary>
    public string ResultsOf(SweepId sweep) => Path.Combine(Root, "sweeps", sweep.Value);

    /// <summary>A path for a socket of this process, short enough for one, in a folder that only its owner can enter.</summary>
    public string NewSocket()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.sock");
        var folder = Encoding.UTF8.GetByteCount(Path.Combine(Run, name)) > MaxSocketPathBytes
            ? Directory.CreateTempSubdirectory("cloudsweep-").FullName
            : CreateForOwner(Run);
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

    /// <summary>Writes a file, which tells more than the folder's mode: the disk may be full or mounted read-only.</summary>
    private static void Probe(string folder)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".probe-{Environment.ProcessId}"));
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        file.WriteByte(0);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Nothing is left behind by a command that did nothing.</summary>
    private void RemoveIfEmpty(bool isNew)
    {
        try
        {
            if (isNew)
            {
                Directory.Delete(Root);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is not there, or not empty: then it is better kept.
        }
    }

    private static string CreateForOwner(string folder) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OnlyOwner)).FullName;
}
