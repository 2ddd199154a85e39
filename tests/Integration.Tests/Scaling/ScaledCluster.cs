using System.Globalization;
using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.Scaling;

/// <summary>A cluster without Workers whose Coordinator has a scaler.</summary>
internal static class ScaledCluster
{
    private const string Credentials = "credentials";

    /// <summary>Starts the Coordinator, with certificates as an operator makes them.</summary>
    /// <returns>Where the scaler answers.</returns>
    public static async Task<string> StartWithScalerAsync(this SweepCluster cluster)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{FreePort.Next()}");
        var (exitCode, _, errors) = await cluster.RunAsync("credentials", "create", Credentials, "--host", "127.0.0.1");
        Assert.True(exitCode == 0, errors);
        cluster.CoordinatorSettings =
        [
            $"--Scaler:Listen={address}",
            $"--Scaler:CertificateFile={cluster[Path.Combine(Credentials, "tls.pem")]}",
            $"--Scaler:KeyFile={cluster[Path.Combine(Credentials, "tls.key")]}",
            $"--Scaler:ClientCaFile={cluster[Path.Combine(Credentials, "ca.pem")]}",
        ];
        await cluster.StartAsync(workers: 0);
        return address;
    }

    public static KedaClient OpenKeda(this SweepCluster cluster, string address, int slotsPerWorker = 1) => new(address, cluster[Credentials], slotsPerWorker);
}
