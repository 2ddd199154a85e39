using System.Net.Http.Headers;
using CloudSweep.GoogleCloud.Credentials;
using Grpc.Core;

namespace CloudSweep.Worker.Connection;

/// <summary>Puts a token on every call.</summary>
internal sealed class BearerTokenHandler(BearerTokens tokens, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }

    private async ValueTask<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.GetAsync(cancellationToken);
        }
        catch (CredentialsException exception)
        {
            throw new RpcException(new Status(exception.IsTransient ? StatusCode.Unavailable : StatusCode.Unauthenticated, exception.Message, exception));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, $"There is no token to send: {exception.Message}", exception));
        }
    }
}
