using System.Security.Claims;

namespace CloudSweep.Coordinator.Security;

/// <summary>Who makes a call.</summary>
/// <param name="Name">Of the token or, with an ID token, the email or subject that the settings list. Empty for a local caller, whom the operating system let in.</param>
/// <param name="SeesAll">Sweeps of everyone, not only the caller's own.</param>
internal sealed record Caller(string Name, bool SeesAll)
{
    private const string LocalType = "local";
    private const string NameClaim = "name";
    private const string RoleClaim = "role";

    /// <summary>Where no credentials are configured, a caller may do everything.</summary>
    public static readonly ClaimsPrincipal Local = PrincipalOf(LocalType, "", [CallerRole.Submitter, CallerRole.Worker]);

    public static Caller Of(ClaimsPrincipal principal) => new(NameOf(principal), principal.Identity?.AuthenticationType == LocalType);

    public static string NameOf(ClaimsPrincipal principal) => principal.Identity?.Name ?? "";

    public static bool HasRole(ClaimsPrincipal principal, CallerRole role) => principal.IsInRole(role.ToString());

    /// <param name="type">How the caller was recognized.</param>
    /// <param name="name">Who it is.</param>
    /// <param name="roles">What it may do.</param>
    public static ClaimsPrincipal PrincipalOf(string type, string name, IEnumerable<CallerRole> roles) =>
        new(new ClaimsIdentity([new Claim(NameClaim, name), .. roles.Select(role => new Claim(RoleClaim, role.ToString()))], type, NameClaim, RoleClaim));
}
