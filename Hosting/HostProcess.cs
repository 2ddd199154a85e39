using System.Net.Sockets;
using CloudSweep.Core.Domain;
using Microsoft.Extensions.Hosting;

namespace CloudSweep.Hosting;

/// <summary>Runs a host as a process of its own.</summary>
internal static class HostProcess
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Usage = 2;

    /// <summary>Builds and runs a host until it is told to stop. People never see a stack trace of a wrong setting.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        try
        {
            await build().RunAsync();
            return Done;
        }
        catch (InvalidSettingsException exception)
        {
            await TellAsync(exception);
            return Usage;
        }
        catch (Exception exception) when (exception is CloudSweepException or IOException or SocketException)
        {
            // The store is in use, the address is taken or not to be had.
            await TellAsync(exception);
            return Failed;
        }
    }

    private static Task TellAsync(Exception exception) => Console.Error.WriteLineAsync($"error: {exception.Message.ReplaceLineEndings("\n  ")}");
}
