using System.Net.Sockets;
using CloudSweep.Cli.Commands;
using CloudSweep.Cli.Output;
using CloudSweep.Worker.Execution;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudSweep.Cli.Hosting;

/// <summary>Runs a host until Ctrl-C or SIGTERM, and says where it is to be found or whom it works for.</summary>
internal static class RunningHost
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string name, Func<IHost> build)
    {
        using var host = build();
        try
        {
            await host.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The address is taken or not to be had.
            ErrorText.Write(exception.Message);
            return ExitCodes.Failed;
        }

        await Console.Error.WriteLineAsync($"{name}: {Place(host.Services)}. Ctrl-C stops it.");
        foreach (var line in host.Services.GetService<ResourceBounds>() is { } bounds ? BoundsText.Lines(bounds) : [])
        {
            await Console.Error.WriteLineAsync(line);
        }

        await host.WaitForShutdownAsync();
        return ExitCodes.Done;
    }

    private static string Place(IServiceProvider services) => services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses
        ? $"listening on {string.Join(", ", addresses.Select(address => address.Replace("http://unix:", "unix:", StringComparison.Ordinal)))}"
        : $"working for the Coordinator at {services.GetRequiredService<IConfiguration>()["Worker:Coordinator"]}";
}
