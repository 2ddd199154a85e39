using CloudSweep.GoogleCloud.Credentials;

namespace CloudSweep.GoogleCloud.Tests.Credentials;

[Collection(nameof(MetadataServer))]
public sealed class AccessTokensTests(MetadataServer metadata) : IDisposable
{
    private readonly AccessTokens _tokens = new(new ApplicationDefaultCredentials());

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OnGoogleCloud_IsTheTokenOfTheMetadataServerForTheScope()
    {
        var token = await _tokens.GetAsync("https://www.googleapis.com/auth/of-this-test", None);

        Assert.StartsWith("access-token-", token.Value, StringComparison.Ordinal);
        Assert.Null(token.QuotaProject);
        Assert.Contains(metadata.Requests, request => Uri.UnescapeDataString(request).EndsWith("/token?scopes=https://www.googleapis.com/auth/of-this-test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_Again_GivesTheSameToken() =>
        Assert.Equal(await _tokens.GetAsync(GoogleScopes.Storage, None), await _tokens.GetAsync(GoogleScopes.Storage, None));

    [Fact]
    public async Task Renew_RefusedToManyAtOnce_FetchesOneNewToken()
    {
        const string Scope = "https://www.googleapis.com/auth/renewed";
        var refused = await _tokens.GetAsync(Scope, None);

        var renewed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _tokens.RenewAsync(Scope, refused, None)));

        Assert.NotEqual(refused, renewed[0]);
        Assert.All(renewed, token => Assert.Equal(renewed[0], token));
        Assert.Equal(renewed[0], await _tokens.GetAsync(Scope, None));
        Assert.Equal(2, metadata.Requests.Count(request => Uri.UnescapeDataString(request).EndsWith(Scope, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Get_NoAccount_SaysWhatToDo()
    {
        using var tokens = new AccessTokens(new ApplicationDefaultCredentials(_ => throw new InvalidOperationException("Your default credentials were not found. Read more.")));

        var exception = await Assert.ThrowsAsync<CredentialsException>(() => tokens.GetAsync(GoogleScopes.Storage, None));

        Assert.False(exception.IsTransient);
        Assert.All(
            ["has no Google credentials", "gcloud auth application-default login", "Workload Identity", "GOOGLE_APPLICATION_CREDENTIALS", "STORAGE_EMULATOR_HOST"],
            part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ToString_OfAToken_ShowsNothingOfIt() =>
        Assert.DoesNotContain("access-token-", (await _tokens.GetAsync(GoogleScopes.Storage, None)).ToString(), StringComparison.Ordinal);

    public void Dispose() => _tokens.Dispose();
}
