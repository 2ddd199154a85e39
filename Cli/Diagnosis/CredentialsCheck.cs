using CloudSweep.GoogleCloud.Credentials;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>This process has a Google account that gets tokens.</summary>
/// <param name="tokens">Asks for them.</param>
/// <param name="scopes">What is in use; none when everything that is set up is an emulator or on this machine.</param>
internal sealed class CredentialsCheck(AccessTokens tokens, IReadOnlyList<string> scopes) : IDoctorCheck
{
    public string Name => "credentials";

    public async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        if (scopes.Count == 0)
        {
            return new CheckResult.NotUsed("nothing of Google's is set up, or emulators stand for it");
        }

        try
        {
            foreach (var scope in scopes)
            {
                await tokens.GetAsync(scope, cancellationToken);
            }

            return new CheckResult.Ok("Google gives this process tokens");
        }
        catch (CredentialsException exception)
        {
            return new CheckResult.Wrong(exception.Message, "gcloud auth application-default login");
        }
    }

    public Task<bool> MendAsync(CancellationToken cancellationToken) => Task.FromResult(false);
}
