using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace CloudSweep.Hosting;

/// <summary>
/// The command <c>health</c> of a host, for the health check of a container: asks the host that was started with the same settings whether it serves.
/// It says so in one line.
/// </summary>
internal static class HealthProbe
{
    public const string Verb = "health";

    private const string Setting = "Health:Listen";
    private const int Serving = 0;

    // Docker keeps 2 for itself, so mistakes in settings are no case of their own.
    private const int NotServing = 1;

    // Less than the time that the Dockerfile gives it; on a machine with much to do the call itself may take seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="args">Settings as those of the host.</param>
    /// <returns>The exit code: 0 when the host serves, otherwise 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true);
        configuration.AddCloudSweepSources(args);
        var listen = configuration.Build()[Setting] ?? "";
        if (TargetOf(listen) is not { } target)
        {
            return await TellAsync($"not asked: {Setting} ('{listen}') must be http://ADDRESS:PORT with a port that is known, e.g. http://*:8081; the host tells its health there.");
        }

        // A proxy that the environment names is for other machines.
        using var channel = GrpcChannel.ForAddress(target, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler { UseProxy = false }, DisposeHttpClient = true });
        try
        {
            var answer = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), new CallOptions(deadline: (TimeProvider.System.GetUtcNow() + Patience).UtcDateTime));
            if (answer.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                await Console.Out.WriteLineAsync($"serving, says {target}");
                return Serving;
            }

            return await TellAsync($"not serving, says {target}");
        }
        catch (RpcException exception)
        {
            return await TellAsync($"no answer from {target}: {exception.Status.StatusCode}, {exception.Status.Detail}");
        }
    }

    /// <summary>Where to ask a host that listens there; null where nobody can know.</summary>
    internal static Uri? TargetOf(string listen)
    {
        if (ListenAddress.Parse(listen) is not ListenAddress.Tcp { UsesTls: false, Port: > 0 } address)
        {
            return null;
        }

        var host = address.Host.Equals(IPAddress.Any) || address.Host.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : address.Host;
        return new Uri($"http://{new IPEndPoint(host, address.Port)}");
    }

    private static async Task<int> TellAsync(string problem)
    {
        await Console.Error.WriteLineAsync(problem.ReplaceLineEndings(" "));
        return NotServing;
    }
}
