using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using Microsoft.Extensions.Logging;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>Makes single requests to Cloud Storage and says how they failed. Whether to make one again is the caller's to decide.</summary>
internal sealed class StorageClient(
    StorageEndpoint endpoint, AccessTokens tokens, CloudStorageOptions options, TimeProvider timeProvider, Random random, ILogger<StorageClient> logger) : IDisposable
{
    private readonly HttpClient _http = CreateHttpClient();

    public CloudStorageOptions Options => options;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Where the service is.</summary>
    public Uri Address => endpoint.Address;

    /// <summary>The attempts at a call, none made yet.</summary>
    public Attempts Begin(StorageCall call) => new(call, options, timeProvider, random, logger);

    /// <summary>Does <paramref name="use"/> under an idle timeout and turns every way to fail into one.</summary>
    /// <exception cref="FailedRequestException">It has failed.</exception>
    public async Task<T> TryAsync<T>(Func<IdleTimeout, Task<T>> use, CancellationToken cancellationToken)
    {
        using var idle = new IdleTimeout(options.IdleTimeout, timeProvider, cancellationToken);
        try
        {
            return await use(idle);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FailedRequestException(idle.HasExpired ? $"nothing came for {options.IdleTimeout.TotalSeconds:0.###} s" : "no connection could be made in time", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new FailedRequestException(endpoint.IsEmulator && IsUnreachable(exception) ? $"no emulator answers at {endpoint.Address}, which STORAGE_EMULATOR_HOST names; start it or unset the variable" : Describe(exception), exception);
        }
        catch (JsonException exception)
        {
            throw new FailedRequestException("the answer can't be understood", exception);
        }
        catch (CredentialsException exception)
        {
            throw new FailedRequestException(exception.Message, exception) { IsTransient = exception.IsTransient, MayHaveSucceeded = false, WayOut = "" };
        }
    }

    /// <summary>Sends a signed request; a token that is not accepted is renewed once. The answer's headers are there, its body is not.</summary>
    /// <param name="create">Makes the request; called again for the second try.</param>
    /// <param name="idle">Of <see cref="TryAsync"/>.</param>
    /// <exception cref="FailedRequestException">The answer is no success.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, IdleTimeout idle)
    {
        if (endpoint.IsEmulator)
        {
            return await AcceptAsync(await SendOnceAsync(create, token: null, idle), idle);
        }

        var token = await tokens.GetAsync(GoogleScopes.Storage, idle.Token);
        var response = await SendOnceAsync(create, token, idle);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            response.Dispose();
            idle.Restart();
            token = await tokens.RenewAsync(GoogleScopes.Storage, token, idle.Token);
            response = await SendOnceAsync(create, token, idle);
        }

        return await AcceptAsync(response, idle);
    }

    /// <summary>Sends to the URI of an upload session, which is a right by itself: it gets no token.</summary>
    /// <exception cref="FailedRequestException">The answer is neither a success nor 308, "go on".</exception>
    public async Task<HttpResponseMessage> SendToSessionAsync(Func<HttpRequestMessage> create, IdleTimeout idle)
    {
        var response = await SendOnceAsync(create, token: null, idle);
        return response.StatusCode == HttpStatusCode.PermanentRedirect ? response : await AcceptAsync(response, idle);
    }

    /// <summary>Sends a signed request whose answer says nothing but that it was done.</summary>
    /// <exception cref="FailedRequestException">It has failed.</exception>
    public Task DoAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken) => TryAsync(
        async idle =>
        {
            using var response = await SendAsync(create, idle);
            return true;
        },
        cancellationToken);

    /// <summary>Sends a signed request that is answered with a page of a list.</summary>
    /// <exception cref="FailedRequestException">It has failed.</exception>
    public Task<(IReadOnlyList<StoredObject> Objects, string? NextPageToken)> ListAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken) => TryAsync(
        async idle =>
        {
            using var response = await SendAsync(create, idle);
            var page = await ReadJsonAsync<ObjectPage>(response, idle);
            return ((IReadOnlyList<StoredObject>)[.. (page.Items ?? []).Select(item => item.ToStoredObject())], page.NextPageToken);
        },
        cancellationToken);

    /// <summary>Sends a signed request that is answered with a version of an object.</summary>
    /// <exception cref="FailedRequestException">It has failed.</exception>
    public Task<StoredObject> DescribeAsync(Func<IdleTimeout, HttpRequestMessage> create, CancellationToken cancellationToken) => TryAsync(
        async idle =>
        {
            using var response = await SendAsync(() => create(idle), idle);
            return await ReadObjectAsync(response, idle);
        },
        cancellationToken);

    /// <summary>Reads the version of an object that a request is answered with.</summary>
    /// <exception cref="JsonException">The body is something else.</exception>
    public static async Task<StoredObject> ReadObjectAsync(HttpResponseMessage response, IdleTimeout idle) =>
        (await ReadJsonAsync<ObjectResource>(response, idle)).ToStoredObject();

    public void Dispose() => _http.Dispose();

    /// <summary>HTTP/1.1, so that every range has a connection and a window of its own; bytes as they are stored, whatever their encoding.</summary>
    private static HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
    })
    {
        DefaultRequestVersion = HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static async Task<T> ReadJsonAsync<T>(HttpResponseMessage response, IdleTimeout idle)
    {
        await using var body = await response.Content.ReadAsStreamAsync(idle.Token);
        return (T)(await JsonSerializer.DeserializeAsync(body, typeof(T), StorageJson.Default, idle.Token) ?? throw new JsonException());
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> create, AccessToken? token, IdleTimeout idle)
    {
        using var request = create();
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
            if (token.QuotaProject is { } payer)
            {
                request.Headers.TryAddWithoutValidation(AccessToken.QuotaProjectHeader, payer);
            }
        }

        idle.Restart();
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, idle.Token);
    }

    private async Task<HttpResponseMessage> AcceptAsync(HttpResponseMessage response, IdleTimeout idle)
    {
        idle.Restart();
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await StorageAnswer.ReadFailureAsync(response, timeProvider, idle.Token);
        }
    }

    private static string Describe(Exception exception) => exception switch
    {
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection ended before the answer did",
        _ when IsUnreachable(exception) => $"the service can't be reached: {exception.Message}",
        _ => (exception.InnerException ?? exception).Message,
    };

    private static bool IsUnreachable(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
}
