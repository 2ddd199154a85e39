using CloudSweep.StorageEmulator;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

/// <summary>Google's own client, unmodified, finds in this server what it expects of Cloud Storage.</summary>
public sealed class FidelityTests(NodeClient client) : IClassFixture<NodeClient>
{
    [Theory]
    [InlineData("apiEndpoint", null)]
    [InlineData("host", "")]
    [InlineData("hostWithPath", "storage/v1")]
    public async Task NodeClient_AllSteps_Succeed(string mode, string? pathOfEmulatorHost)
    {
        await using var server = await StorageEmulatorServer.StartAsync(TestContext.Current.CancellationToken);
        var url = server.Address.GetLeftPart(UriPartial.Authority);
        var emulatorHost = pathOfEmulatorHost is null ? null : $"{url}/{pathOfEmulatorHost}".TrimEnd('/');

        var (exitCode, output) = await client.CheckAsync(url, mode, emulatorHost);

        Assert.True(exitCode == 0, output);
    }
}
