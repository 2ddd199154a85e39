using System.Globalization;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>TCP sockets of a process of this machine, as Linux shows them in /proc.</summary>
internal static class Sockets
{
    private const string Listening = "0A";

    /// <summary>Whether it waits for connections, and to which ports its own lead.</summary>
    public static (bool Listens, IReadOnlySet<int> RemotePorts) Of(int process)
    {
        var own = Directory.EnumerateFileSystemEntries($"/proc/{process}/fd")
            .Select(path => new FileInfo(path).LinkTarget)
            .Where(target => target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
            .Select(target => target!["socket:[".Length..^1])
            .ToHashSet();
        var sockets = File.ReadLines($"/proc/{process}/net/tcp").Skip(1)
            .Concat(File.ReadLines($"/proc/{process}/net/tcp6").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => own.Contains(columns[9]))
            .Select(columns => (State: columns[3], RemotePort: int.Parse(columns[2].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .ToArray();
        return (sockets.Any(socket => socket.State == Listening), sockets.Where(socket => socket.State != Listening).Select(socket => socket.RemotePort).ToHashSet());
    }
}
