using System.Globalization;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>This machine's clock agrees with the Coordinator's. Leases do not care; tokens do.</summary>
/// <param name="probe">Null when no Coordinator is named.</param>
internal sealed class ClockCheck(CoordinatorProbe? probe) : IDoctorCheck
{
    // ID and access tokens are usually good for an hour and accepted with five minutes of difference; a minute shows a clock that nobody sets.
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(60);

    public string Name => "clock";

    public async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        if (probe is null)
        {
            return new CheckResult.NotUsed("there is no Coordinator to compare it with");
        }

        CoordinatorSighting sighting;
        try
        {
            sighting = await probe.AskAsync(cancellationToken);
        }
        catch (UnreachableCoordinatorException)
        {
            return new CheckResult.NotUsed("the Coordinator did not tell its time");
        }

        var ahead = Math.Round(sighting.Ahead.TotalSeconds, 1);
        return sighting.Ahead.Duration() <= Tolerated
            ? new CheckResult.Ok(string.Create(CultureInfo.InvariantCulture, $"within {Math.Abs(ahead):F1} s of the Coordinator's"))
            : new CheckResult.Wrong(
                string.Create(CultureInfo.InvariantCulture, $"The Coordinator's clock is {Math.Abs(ahead):F0} s {(ahead > 0 ? "ahead of" : "behind")} this machine's; tokens may be refused as expired."),
                "Set the clocks by NTP: timedatectl set-ntp true");
    }

    public Task<bool> MendAsync(CancellationToken cancellationToken) => Task.FromResult(false);
}
