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

    /// <summary>
    /// Builds and runs a host until it is told to stop, or asks one for its health where the arguments begin with <see cref="HealthProbe.Verb"/>.
    /// People never see a stack trace of a wrong setting.
    /// </summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, Func<string[], IHost> build)
    {
        try
        {
            switch (args)
            {
                case [HealthProbe.Verb, .. var settings]:
                    return await HealthProbe.RunAsync(settings);
                case [var word, ..] when !word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal):
                    // Configuration would pass it over, and a second host would start.
                    throw new InvalidSettingsException([$"'{word}' is neither '{HealthProbe.Verb}' nor a setting; write settings as --Section:Key=value."]);
            }

            await build(args).RunAsync();
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
