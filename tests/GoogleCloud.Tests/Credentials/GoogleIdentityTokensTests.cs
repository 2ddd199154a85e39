using System.Text;
using CloudSweep.GoogleCloud.Credentials;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;

namespace CloudSweep.GoogleCloud.Tests.Credentials;

[Collection(nameof(MetadataServer))]
public sealed class GoogleIdentityTokensTests(MetadataServer metadata)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_OnGoogleCloud_IsATokenForTheAudienceAndIsKept()
    {
        var tokens = new GoogleIdentityTokens(new ApplicationDefaultCredentials());

        var token = await tokens.GetAsync("https://coordinator.example", None);

        var payload = token.Split('.')[1];
        var claims = Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight(payload.Length + ((4 - (payload.Length % 4)) % 4), '=')));
        Assert.Contains("\"aud\":\"https://coordinator.example\"", claims, StringComparison.Ordinal);
        Assert.Equal(token, await tokens.GetAsync("https://coordinator.example", None));
        Assert.Single(metadata.Requests, request => Uri.UnescapeDataString(request).Contains("audience=https://coordinator.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_OfAPerson_SaysWhatToDo()
    {
        using var flow = new GoogleAuthorizationCodeFlow(new GoogleAuthorizationCodeFlow.Initializer { ClientSecrets = new ClientSecrets { ClientId = "id", ClientSecret = "secret" } });
        var person = new UserCredential(flow, "person", new TokenResponse { RefreshToken = "refresh" }).ToGoogleCredential();
        var tokens = new GoogleIdentityTokens(new ApplicationDefaultCredentials(_ => Task.FromResult(person)));

        var exception = await Assert.ThrowsAsync<CredentialsException>(() => tokens.GetAsync("https://coordinator.example", None));

        Assert.Contains("the person who is logged in with gcloud", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GOOGLE_APPLICATION_CREDENTIALS", exception.Message, StringComparison.Ordinal);
    }
}
