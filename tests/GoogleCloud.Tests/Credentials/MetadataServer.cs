using System.Collections.Concurrent;
using System.Globalization;
using Google.Apis.Auth.OAuth2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(CloudSweep.GoogleCloud.Tests.Credentials.MetadataServer))]

namespace CloudSweep.GoogleCloud.Tests.Credentials;

/// <summary>
/// What machines and pods of Google Cloud ask for their tokens. Google's library looks it up once in the life of a process,
/// so there is one for all tests of this one, and it is found as it would be on Google Cloud. Tests that count its tokens are in the collection of its name.
/// </summary>
public sealed class MetadataServer : IAsyncLifetime
{
    private const string Account = "/computeMetadata/v1/instance/service-accounts/default";

    private readonly ConcurrentQueue<string> _requests = new();
    private WebApplication? _app;
    private int _tokens;

    /// <summary>Requests for tokens so far: path and query.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The last access token that was given.</summary>
    public string LastToken => TokenOf(Volatile.Read(ref _tokens));

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Use((context, next) =>
        {
            context.Response.Headers["Metadata-Flavor"] = "Google";
            return next(context);
        });
        _app.MapGet("/", () => "ok");
        _app.MapGet($"{Account}/token", (HttpContext context) =>
        {
            Record(context);
            var token = TokenOf(Interlocked.Increment(ref _tokens));
            return Results.Json(new { access_token = token, expires_in = 3600, token_type = "Bearer" });
        });
        _app.MapGet($"{Account}/identity", (HttpContext context, string audience) =>
        {
            Record(context);
            return Jwt(audience);
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);

        // Google's library waits a second for the answer, and a server's first may take longer on a busy machine.
        var address = new Uri(_app.Urls.Single());
        using (var http = new HttpClient())
        {
            await http.GetStringAsync(address, TestContext.Current.CancellationToken);
        }

        await FindAsync(address.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>Lets Google's library find this server now, where the home folder has nothing of gcloud; it never looks again.</summary>
    private static async Task FindAsync(string host)
    {
        var home = Environment.GetEnvironmentVariable("HOME");
        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", host);
        Environment.SetEnvironmentVariable("GOOGLE_APPLICATION_CREDENTIALS", null);
        Environment.SetEnvironmentVariable("HOME", "/nonexistent");
        await GoogleCredential.GetApplicationDefaultAsync(TestContext.Current.CancellationToken);
        Environment.SetEnvironmentVariable("HOME", home);
    }

    private static string TokenOf(int number) => string.Create(CultureInfo.InvariantCulture, $"access-token-{number}");

    private static string Jwt(string audience)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return string.Join('.', Encode("""{"alg":"RS256","typ":"JWT"}"""), Encode($$"""{"aud":"{{audience}}","iat":{{now}},"exp":{{now + 3600}}}"""), "c2lnbmF0dXJl");
    }

    private static string Encode(string json) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private void Record(HttpContext context) => _requests.Enqueue($"{context.Request.Path}{context.Request.QueryString}");
}
