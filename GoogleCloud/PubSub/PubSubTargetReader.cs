using System.Text.RegularExpressions;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Turns settings into a target and finds every mistake in them.</summary>
internal sealed partial class PubSubTargetReader(PubSubOptions options, PubSubEnvironment environment)
{
    private const string IdRule = "3 to 255 letters, digits and - _ . ~ + %, with a letter first and not 'goog'";

    private readonly List<string> _problems = [];

    /// <summary>The target, and what is wrong with the settings; without a mistake the list is empty.</summary>
    public static (PubSubTarget Target, IReadOnlyList<string> Problems) Read(PubSubOptions options, PubSubEnvironment environment)
    {
        var reader = new PubSubTargetReader(options, environment);
        var emulator = reader.ReadEmulator();
        var target = new PubSubTarget(
            emulator ?? reader.ReadEndpoint(),
            emulator is not null,
            reader.ReadName(nameof(options.Topic), options.Topic, "topics"),
            reader.ReadName(nameof(options.Subscription), options.Subscription, "subscriptions"),
            reader.ReadAckDeadline());
        return (target, reader._problems);
    }

    [GeneratedRegex(@"^(?!goog)[A-Za-z][A-Za-z0-9\-_.~+%]{2,254}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id { get; }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9\-.:]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectId { get; }

    private static string Setting(string name) => $"{PubSubOptions.SectionName}:{name}";

    private Uri? ReadEmulator()
    {
        var host = environment.EmulatorHost;
        switch (options.EmulatorDetection)
        {
            case EmulatorDetection.None:
                return null;
            case EmulatorDetection.ProductionOnly when host is not null:
                _problems.Add(
                    $"{PubSubEnvironment.EmulatorVariable} is '{host}', and {Setting(nameof(options.EmulatorDetection))} is ProductionOnly: unset the variable, or choose EmulatorOrProduction.");
                return null;
            case EmulatorDetection.EmulatorOnly when host is null:
                _problems.Add(
                    $"{Setting(nameof(options.EmulatorDetection))} is EmulatorOnly, and {PubSubEnvironment.EmulatorVariable} is not set: set it to the emulator's host:port, for example 127.0.0.1:8085.");
                return null;
            default:
                return host is null ? null : ReadAddress(PubSubEnvironment.EmulatorVariable, Strip(host), Uri.UriSchemeHttp);
        }
    }

    private Uri ReadEndpoint() => ReadAddress(Setting(nameof(options.Endpoint)), options.Endpoint, Uri.UriSchemeHttps);

    private Uri ReadAddress(string setting, string value, string scheme)
    {
        if (Uri.TryCreate($"{scheme}://{value}", UriKind.Absolute, out var address) && address.PathAndQuery == "/" && address.UserInfo.Length == 0 && !value.EndsWith('/'))
        {
            return address;
        }

        _problems.Add($"{setting} is '{value}'; it must be host or host:port, without a scheme or a path.");
        return new Uri($"{scheme}://invalid.invalid");
    }

    private string? ReadName(string setting, string value, string collection)
    {
        if (value.Length == 0)
        {
            return null;
        }

        var parts = value.Split('/');
        var (project, id) = parts is ["projects", var named, var kind, var last] && kind == collection ? (named, last) : (Project, value);
        if (!Id.IsMatch(id))
        {
            _problems.Add($"{Setting(setting)} is '{value}'; it must be an id of {IdRule}, or projects/PROJECT/{collection}/ID.");
        }
        else if (project.Length == 0)
        {
            _problems.Add(
                $"{Setting(setting)} is '{value}' without a project: set {Setting(nameof(options.Project))} or {PubSubEnvironment.ProjectVariable}, or write projects/PROJECT/{collection}/{value}.");
        }
        else if (!ProjectId.IsMatch(project))
        {
            _problems.Add($"The project '{project}' of {Setting(setting)} is not a project id: letters, digits and hyphens, as 'gcloud projects list' shows it.");
        }

        return $"projects/{project}/{collection}/{id}";
    }

    private TimeSpan ReadAckDeadline()
    {
        if (options.AckDeadline < TimeSpan.FromSeconds(10) || options.AckDeadline > TimeSpan.FromSeconds(600) || options.AckDeadline.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            _problems.Add($"{Setting(nameof(options.AckDeadline))} is {options.AckDeadline}; it must be 00:00:10 to 00:10:00 in whole seconds.");
        }

        return options.AckDeadline;
    }

    private string Project => options.Project.Length > 0 ? options.Project : environment.Project ?? "";

    // Node's client takes a scheme and a slash at the end as well, so people write them.
    private static string Strip(string host)
    {
        var start = host.IndexOf("://", StringComparison.Ordinal);
        return (start < 0 ? host : host[(start + 3)..]).TrimEnd('/');
    }
}
