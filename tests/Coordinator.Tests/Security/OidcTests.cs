using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Microsoft.IdentityModel.Tokens;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>ID tokens: which are accepted, for whom, and what the others are told.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private const string Audience = "https://coordinator.example";

    private static readonly Claim[] Alice = [new("sub", "1001"), new("email", "Alice@example.com"), new("email_verified", "true", ClaimValueTypes.Boolean)];
    private static readonly Claim[] Pod = [new("sub", "system:serviceaccount:sweeps:worker")];

    private TestIssuer _issuer = null!;
    private SecureCoordinator _coordinator = null!;

    public static TheoryData<string, string> Attacks => new()
    {
        { "expired", "expired" },
        { "no end", "expired" },
        { "not yet", "not valid yet" },
        { "wrong audience", $"Ask for one for '{Audience}'" },
        { "wrong issuer", "of another issuer" },
        { "foreign key", "not signed by" },
        { "changed payload", "not signed by" },
        { "alg none", "not signed by" },
        { "public key as secret", "not signed by" },
    };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _coordinator = await SecureCoordinator.StartAsync(
            $"--Oidc:Issuer={_issuer.Url}", $"--Oidc:Audience={Audience}", "--Oidc:Submitters:0=alice@example.com", $"--Oidc:Workers:0={Pod[0].Value}");
    }

    public async ValueTask DisposeAsync()
    {
        await _coordinator.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Call_WithAnIdToken_HasTheRoleOfTheListedEmailOrSubject()
    {
        var (alice, pod) = (Sign(null, Alice), Sign(null, Pod));

        await ListAsync(alice);
        await _coordinator.JobsOf(pod).AcquireJobAsync(new AcquireJobRequest { RequestId = "r", Capabilities = new WorkerCapabilities { Worker = "w" } }, cancellationToken: None);

        Assert.Equal(StatusCode.PermissionDenied, (await RefusedAsync(pod)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Call_WithABadIdToken_IsUnauthenticated(string attack, string reason)
    {
        var exception = await RefusedAsync(_coordinator.Secret(Forge(attack)));

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        Assert.Contains(reason, exception.Status.Detail, StringComparison.Ordinal);
        _coordinator.AssertLogged("Warning", "/ListSweeps", "unknown", reason);
    }

    [Theory]
    [InlineData("1002", "bob@example.com", "true")]
    [InlineData("1002", "alice@example.com", "false")]
    [InlineData("alice@example.com", null, null)]
    public async Task Call_ByOneWhoIsNotListed_IsDenied(string subject, string? email, string? isVerified)
    {
        Claim[] claims = [new("sub", subject), .. email is null ? [] : new Claim[] { new("email", email), new("email_verified", isVerified!, ClaimValueTypes.Boolean) }];

        var exception = await RefusedAsync(Sign(null, claims));

        Assert.Equal(StatusCode.PermissionDenied, exception.StatusCode);
        Assert.Contains("neither Oidc:Submitters nor Oidc:Workers", exception.Status.Detail, StringComparison.Ordinal);
        _coordinator.AssertLogged("Warning", "/ListSweeps", "neither Oidc:Submitters nor Oidc:Workers");
    }

    [Fact]
    public async Task Call_IssuerCantBeReached_IsUnavailable()
    {
        await using var coordinator = await SecureCoordinator.StartAsync("--Oidc:Issuer=http://127.0.0.1:1", $"--Oidc:Audience={Audience}", "--Oidc:Submitters:0=alice@example.com");
        var token = coordinator.Secret(_issuer.Sign(Audience, token => token.Issuer = "http://127.0.0.1:1", Alice));

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await coordinator.SweepsOf(token).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Contains("the keys of http://127.0.0.1:1 can't be fetched now", exception.Status.Detail, StringComparison.Ordinal);
        coordinator.AssertLogged("Warning", "/ListSweeps", "can't be fetched now");
    }

    private string Sign(Action<SecurityTokenDescriptor>? change, params Claim[] claims) => _coordinator.Secret(_issuer.Sign(Audience, change, claims));

    private string Forge(string attack) => attack switch
    {
        "expired" => Sign(token => token.Expires = Now.AddMinutes(-1), Alice),
        "no end" => Sign(token => token.Expires = null, Alice),
        "not yet" => Sign(token => token.NotBefore = Now.AddMinutes(5), Alice),
        "wrong audience" => _issuer.Sign("https://another.example", null, Alice),
        "wrong issuer" => Sign(token => token.Issuer = "https://accounts.example", Alice),
        "foreign key" => Sign(token => token.SigningCredentials = new SigningCredentials(_issuer.ForeignKey, SecurityAlgorithms.RsaSha256), Alice),
        "changed payload" => WithPayloadOf(Sign(null, Pod), Sign(null, Alice)),
        "alg none" => Unsigned(Sign(null, Alice)),
        "public key as secret" => SignedWithPublicKey(Sign(null, Alice)),
        _ => throw new ArgumentOutOfRangeException(nameof(attack)),
    };

    private static string WithPayloadOf(string signed, string wanted)
    {
        var (signedParts, wantedParts) = (signed.Split('.'), wanted.Split('.'));
        return $"{signedParts[0]}.{wantedParts[1]}.{signedParts[2]}";
    }

    private static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private string SignedWithPublicKey(string token)
    {
        var content = $"{Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"JWT","kid":"key-1"}""")}.{token.Split('.')[1]}";
        var secret = Encoding.ASCII.GetBytes(_issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem());
        return $"{content}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(content)))}";
    }

    private async Task<ListSweepsResponse> ListAsync(string token) => await _coordinator.SweepsOf(token).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);

    private Task<RpcException> RefusedAsync(string token) => Assert.ThrowsAsync<RpcException>(() => ListAsync(token));
}
