using System.CommandLine;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Connection;

namespace CloudSweep.Cli.Remote;

/// <summary>Options that say which Coordinator a command speaks to, and how it shows who it is. What is not given is read from the environment.</summary>
internal sealed class ConnectionArguments
{
    public const string CoordinatorVariable = "CLOUDSWEEP_COORDINATOR";
    public const string TokenVariable = "CLOUDSWEEP_TOKEN";
    public const string TokenFileVariable = "CLOUDSWEEP_TOKEN_FILE";
    public const string CaFileVariable = "CLOUDSWEEP_CA_FILE";
    public const string OidcAudienceVariable = "CLOUDSWEEP_OIDC_AUDIENCE";

    private readonly Option<string?> _coordinator = New("--coordinator", "URL", $"The Coordinator: https://host:port, http://127.0.0.1:port or unix:/path. Default: {CoordinatorVariable}.");
    private readonly Option<string?> _tokenFile = New("--token-file", "FILE", $"File with your token. Default: {TokenFileVariable}; {TokenVariable} holds a token itself.");
    private readonly Option<string?> _caFile = New("--ca-file", "FILE", $"PEM file of the CA to trust instead of the system's. Default: {CaFileVariable}.");
    private readonly Option<string?> _oidcAudience = New("--oidc-audience", "TEXT", $"Show who you are by an ID token of your Google account for this audience. Default: {OidcAudienceVariable}.");

    /// <summary>Adds the options to a command.</summary>
    public ConnectionArguments AddTo(Command command)
    {
        foreach (var option in new[] { _coordinator, _tokenFile, _caFile, _oidcAudience })
        {
            command.Options.Add(option);
        }

        return this;
    }

    /// <summary>Whether a Coordinator is named, on the command line or in the environment.</summary>
    public bool IsGiven(ParseResult parsed, Func<string, string?> environment) => (parsed.GetValue(_coordinator) ?? environment(CoordinatorVariable)) is { Length: > 0 };

    /// <exception cref="InvalidSettingsException">No Coordinator is named, or the address or the credentials break rules.</exception>
    public ConnectionOptions Read(ParseResult parsed, Func<string, string?> environment)
    {
        // Credentials on the command line are meant instead of those of the environment, whatever their kind.
        var (tokenFile, audience) = (parsed.GetValue(_tokenFile), parsed.GetValue(_oidcAudience));
        var isTold = tokenFile is not null || audience is not null;
        var options = new ConnectionOptions
        {
            Coordinator = parsed.GetValue(_coordinator) ?? environment(CoordinatorVariable) ?? "",
            CaFile = parsed.GetValue(_caFile) ?? environment(CaFileVariable) ?? "",
            TokenFile = tokenFile ?? (isTold ? null : environment(TokenFileVariable)) ?? "",
            Token = (isTold ? null : environment(TokenVariable)) ?? "",
            OidcAudience = audience ?? (isTold ? null : environment(OidcAudienceVariable)) ?? "",
        };
        string[] mistakes = options.Coordinator.Length == 0
            ? [$"No Coordinator is named. Give --coordinator URL or set {CoordinatorVariable}; 'cloudsweep coordinator' starts one, and 'cloudsweep run' needs none."]
            : [.. ConnectionRules.MistakesIn(options).Select(mistake => $"{NameOf(mistake.Option)} {mistake.Mistake}")];
        return mistakes.Length == 0 ? options : throw new InvalidSettingsException(mistakes);
    }

    private static string NameOf(string option) => option switch
    {
        nameof(ConnectionOptions.Coordinator) => $"--coordinator ({CoordinatorVariable})",
        nameof(ConnectionOptions.CaFile) => $"--ca-file ({CaFileVariable})",
        nameof(ConnectionOptions.TokenFile) => $"--token-file ({TokenFileVariable})",
        nameof(ConnectionOptions.Token) => TokenVariable,
        nameof(ConnectionOptions.OidcAudience) => $"--oidc-audience ({OidcAudienceVariable})",
        _ => option,
    };

    private static Option<string?> New(string name, string value, string description) => new(name) { Description = description, HelpName = value };
}
