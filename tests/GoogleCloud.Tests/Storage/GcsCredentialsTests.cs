using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.GoogleCloud.Storage.Http;
using CloudSweep.GoogleCloud.Tests.Credentials;
using CloudSweep.StorageEmulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSweep.GoogleCloud.Tests.Storage;

[Collection(nameof(MetadataServer))]
public sealed class GcsCredentialsTests(MetadataServer metadata) : IDisposable
{
    private readonly AccessTokens _tokens = new(new ApplicationDefaultCredentials());

    private StorageClient? _client;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyCall_TokenNotAcceptedAnyMore_IsMadeAgainWithANewOneOnce()
    {
        var first = await _tokens.GetAsync(GoogleScopes.Storage, None);
        await using var server = await StartAsync(token: $"access-token-{int.Parse(metadata.LastToken.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture) + 1}");

        var written = await Open(server, _tokens).WriteAsync("a", (stream, token) => stream.WriteAsync(new byte[100], token).AsTask(), WriteCondition.IsAbsent, None);

        Assert.Equal(100, written.SizeBytes);
        Assert.Equal(2, server.Requests.Count);
        Assert.NotEqual(first, await _tokens.GetAsync(GoogleScopes.Storage, None));
    }

    [Fact]
    public async Task AnyCall_NoTokenIsAccepted_FailsAfterTwoRequestsAndShowsNoToken()
    {
        await using var server = await StartAsync(token: "another");

        var exception = await Assert.ThrowsAsync<StorageException>(() => Open(server, _tokens).FindAsync("a", None));

        Assert.Contains("gs://bucket/a can't be looked up after 1 attempt: HTTP status 401", exception.Message, StringComparison.Ordinal);
        Assert.Contains("check the account and the clock of this host", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("access-token-", exception.ToString(), StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task AnyCall_NoAccount_FailsWithoutARequestAndSaysWhatToDo()
    {
        await using var server = await StartAsync(token: "another");
        using var noTokens = new AccessTokens(new ApplicationDefaultCredentials(_ => throw new InvalidOperationException("none found")));

        var exception = await Assert.ThrowsAsync<StorageException>(() => Open(server, noTokens).FindAsync("a", None));

        Assert.Contains("gs://bucket/a can't be looked up", exception.Message, StringComparison.Ordinal);
        Assert.Contains("gcloud auth application-default login", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _client?.Dispose();
    }

    private static async Task<StorageEmulatorServer> StartAsync(string token)
    {
        var server = await StorageEmulatorServer.StartAsync(new StorageEmulatorOptions { Token = token }, None);
        server.CreateBucket("bucket");
        return server;
    }

    private GcsObjectStore Open(StorageEmulatorServer server, AccessTokens tokens)
    {
        var endpoint = new StorageEndpoint(server.Address, IsEmulator: false);
        _client = new StorageClient(endpoint, tokens, new CloudStorageOptions(), TimeProvider.System, new Random(1), NullLogger<StorageClient>.Instance);
        return new GcsObjectStore("bucket", _client);
    }
}
