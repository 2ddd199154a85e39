using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace CloudSweep.GoogleCloud.Credentials;

/// <summary>
/// The Google account of this process, in Google's order: the file of GOOGLE_APPLICATION_CREDENTIALS, the one that gcloud left behind,
/// the metadata server of the machine or pod (Workload Identity). Looked up at the first use; Google's library keeps the answer for the life of the process.
/// </summary>
public sealed class ApplicationDefaultCredentials
{
    private const string WaysOut =
        "On your own machine run 'gcloud auth application-default login'; on GKE give the pod's service account Workload Identity; "
        + "elsewhere set GOOGLE_APPLICATION_CREDENTIALS to a credentials file; for emulators set PUBSUB_EMULATOR_HOST and STORAGE_EMULATOR_HOST.";

    private readonly Func<CancellationToken, Task<GoogleCredential>> _find;

    public ApplicationDefaultCredentials()
        : this(GoogleCredential.GetApplicationDefaultAsync)
    {
    }

    internal ApplicationDefaultCredentials(Func<CancellationToken, Task<GoogleCredential>> find) => _find = find;

    /// <summary>Uses the account; whatever Google's library throws on the way becomes one answer.</summary>
    /// <param name="purpose">What is wanted, for the message: "an access token".</param>
    /// <param name="use">What to do with the account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CredentialsException">There is no account, or it is refused what is wanted.</exception>
    internal async Task<T> UseAsync<T>(string purpose, Func<GoogleCredential, Task<T>> use, CancellationToken cancellationToken)
    {
        var account = await FindAsync(cancellationToken);
        try
        {
            return await use(account);
        }
        catch (TokenResponseException exception)
        {
            var isTransient = exception.StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
            throw new CredentialsException(
                $"Google gave no {purpose} for {Describe(account)}: {exception.Error?.Error ?? "no reason"} (HTTP status {(int?)exception.StatusCode}). {WaysOut}", isTransient, exception);
        }
        catch (Exception exception) when (IsUnreachable(exception, cancellationToken))
        {
            throw new CredentialsException(
                $"No {purpose} for {Describe(account)}: the token service can't be reached ({exception.Message}). Check the network and DNS of this host.", isTransient: true, exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new CredentialsException(
                $"No {purpose} can be had for {Describe(account)}: {exception.Message} {WaysOut}", isTransient: false, exception);
        }
    }

    private static bool IsUnreachable(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Describe(GoogleCredential account) => account.UnderlyingCredential switch
    {
        ComputeCredential => "the account of this machine or pod (metadata server)",
        ServiceAccountCredential serviceAccount => serviceAccount.Id,
        UserCredential => "the person who is logged in with gcloud",
        var other => other.GetType().Name,
    };

    private async Task<GoogleCredential> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _find(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException or Newtonsoft.Json.JsonException)
        {
            throw new CredentialsException($"This process has no Google credentials ({FirstLine(exception.Message)}). {WaysOut}", isTransient: false, exception);
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.');
}
