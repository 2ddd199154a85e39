namespace CloudSweep.TestSupport.Processes;

/// <summary>A running program that a test can hurt, in a process or in a container. Disposing it kills it.</summary>
public interface IProgram : IAsyncDisposable
{
    bool HasExited { get; }

    /// <summary>All that it said so far.</summary>
    string Said { get; }

    /// <summary>The first line that contains <paramref name="text"/>, on either stream, once it was said. Fails when the program ends without it.</summary>
    Task<string> WaitForLineAsync(string text);

    /// <summary>Ends it without giving it time for anything.</summary>
    Task KillAsync();

    /// <summary>Stops all its threads where they are.</summary>
    Task FreezeAsync();

    /// <summary>Lets a frozen one go on.</summary>
    Task ThawAsync();

    /// <summary>Asks it to end (SIGTERM) and waits until it did. Returns its exit code.</summary>
    Task<int> StopAsync();
}
