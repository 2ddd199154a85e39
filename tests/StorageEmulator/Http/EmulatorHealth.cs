using System.Net;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>The command <c>health</c>, for the health check of a container: asks the server that was started with the same address whether it answers.</summary>
internal static class EmulatorHealth
{
    private const int Answers = 0;
    private const int Silent = 1;

    // Less than the time that the Dockerfile gives it; on a machine with much to do the call itself may take seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="url">Where the server was told to listen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> AskAsync(string url, CancellationToken cancellationToken)
    {
        // The server may listen at every address; one of them is enough to ask.
        var server = BindingAddress.Parse(url);
        var host = server.Host is "*" or "+" or "0.0.0.0" or "[::]" ? IPAddress.Loopback.ToString() : server.Host;
        var target = $"{server.Scheme}://{host}:{server.Port}{ControlEndpoints.Health}";
        // A proxy that the environment names is for other machines.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(target, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await Console.Out.WriteLineAsync($"serving, says {target}");
            return Answers;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"no answer from {target}: {exception.Message.ReplaceLineEndings(" ")}");
            return Silent;
        }
    }
}
