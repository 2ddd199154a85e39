namespace CloudSweep.GoogleCloud.Credentials;

/// <summary>The right to call a Google API for about an hour. Printing it shows nothing.</summary>
/// <param name="Value">What goes behind "Bearer ". A secret.</param>
/// <param name="QuotaProject">Project that pays for the calls, sent as <see cref="QuotaProjectHeader"/>; null: the account's own.</param>
public sealed record AccessToken(string Value, string? QuotaProject)
{
    public const string QuotaProjectHeader = "x-goog-user-project";

    public override string ToString() => $"{nameof(AccessToken)} (secret)";
}
