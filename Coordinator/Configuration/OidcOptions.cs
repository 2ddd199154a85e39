namespace CloudSweep.Coordinator.Configuration;

/// <summary>ID tokens (OpenID Connect) that are accepted, and whose.</summary>
public sealed class OidcOptions
{
    /// <summary>Who signs them, e.g. <c>https://accounts.google.com</c>; its keys are fetched from there. http is for loopback only. Default: empty, none are accepted.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The audience they must be made for, by custom this Coordinator's URL. Required with <see cref="Issuer"/>.</summary>
    public string Audience { get; init; } = "";

    /// <summary>Who may submit: emails that the issuer has verified, or subjects, which are entries without @. Default: nobody.</summary>
    public IReadOnlyList<string> Submitters { get; init; } = [];

    /// <summary>Who may work: entries as those of <see cref="Submitters"/>. Default: nobody.</summary>
    public IReadOnlyList<string> Workers { get; init; } = [];
}
