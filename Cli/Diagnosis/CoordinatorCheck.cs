using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>The Coordinator answers, accepts who we are, and is of this version.</summary>
/// <param name="probe">Null when no Coordinator is named.</param>
internal sealed class CoordinatorCheck(CoordinatorProbe? probe) : IDoctorCheck
{
    public string Name => "coordinator";

    public async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        if (probe is null)
        {
            return new CheckResult.NotUsed("none is named (--coordinator, CLOUDSWEEP_COORDINATOR); 'cloudsweep run' needs none");
        }

        var sighting = await probe.AskAsync(cancellationToken);
        return sighting.Version == ProductVersion.Text
            ? new CheckResult.Ok($"{probe.Connection.Coordinator} answers, {Security()}, version {sighting.Version}")
            : new CheckResult.Wrong($"{probe.Connection.Coordinator} is of version {sighting.Version}, and this of {ProductVersion.Text}.", "Use the same version on both sides.");
    }

    public Task<bool> MendAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    private string Security()
    {
        var isTls = probe!.Connection.Coordinator.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        var isKnown = probe.Connection is not { Token.Length: 0, TokenFile.Length: 0, OidcAudience.Length: 0 };
        return $"{(isTls ? "TLS" : "on this machine")}, {(isKnown ? "it knows who you are" : "no credentials needed")}";
    }
}
