using System.Diagnostics;
using System.Globalization;
using CloudSweep.Coordinator.Security;
using CloudSweep.Worker.Connection;
using Grpc.Net.Client;

namespace CloudSweep.Benchmarks.Coordination;

/// <summary>A Coordinator in a process of its own, as a user runs it on one machine with tokens: a state folder, loopback, no broker. Its state outlives a kill.</summary>
internal sealed class CoordinatorProcess : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly string _workerToken;
    private readonly string _submitterToken;
    private readonly int _port;
    private Process _process;

    public CoordinatorProcess(string folder)
    {
        _folder = Directory.CreateDirectory(folder);
        _workerToken = TokenFile.AddToken(PathOf("tokens"), "callers", CallerRole.Worker, expiresAt: null);
        _submitterToken = TokenFile.AddToken(PathOf("tokens"), "person", CallerRole.Submitter, expiresAt: null);
        _port = FreePort.Next();
        _process = Launch();
    }

    public string Folder => _folder.FullName;

    /// <summary>User and system time of the process that runs now.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>A connection of its own for a Worker.</summary>
    public GrpcChannel WorkerChannel() => Open(_workerToken);

    /// <summary>A connection of its own for a person.</summary>
    public GrpcChannel SubmitterChannel() => Open(_submitterToken);

    /// <summary>SIGKILL: nothing of it gets to end.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Starts it again on the same state and address.</summary>
    public void Restart()
    {
        _process.Dispose();
        _process = Launch();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private GrpcChannel Open(string token) => CoordinatorConnection.Open(new ConnectionOptions { Coordinator = Address, Token = token });

    private string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private Process Launch()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "CloudSweep.Coordinator.dll"),
                $"--Listen={Address}",
                $"--Storage:Directory={PathOf("state")}",
                $"--Checkpoints:Location={PathOf("checkpoints")}",
                $"--Tokens:File={PathOf("tokens")}",
            ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.FullName,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
