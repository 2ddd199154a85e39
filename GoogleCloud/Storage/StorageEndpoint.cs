using Microsoft.Extensions.Configuration;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>Where Cloud Storage is.</summary>
/// <param name="Address">Scheme, host and port; ends with '/'.</param>
/// <param name="IsEmulator">It wants no tokens and gets none.</param>
internal sealed record StorageEndpoint(Uri Address, bool IsEmulator)
{
    public const string EmulatorVariable = "STORAGE_EMULATOR_HOST";

    private const string Setting = $"{CloudStorageOptions.SectionName}:{nameof(CloudStorageOptions.EmulatorDetection)}";

    private static readonly StorageEndpoint Google = new(new Uri("https://storage.googleapis.com/"), IsEmulator: false);

    /// <summary>What <see cref="EmulatorVariable"/> says; null when it is not set.</summary>
    public static string? FindEmulator(IConfiguration configuration)
    {
        var value = configuration[EmulatorVariable] ?? Environment.GetEnvironmentVariable(EmulatorVariable);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    /// <summary>The endpoint, and what is wrong with the settings; without a mistake the list is empty.</summary>
    /// <param name="detection">Whether an emulator is heeded.</param>
    /// <param name="emulator"><c>host:port</c> or a URL, with or without <c>/storage/v1</c>: the clients of Google disagree. Null for none.</param>
    public static (StorageEndpoint Endpoint, IReadOnlyList<string> Problems) Read(EmulatorDetection detection, string? emulator) => (detection, emulator) switch
    {
        (EmulatorDetection.None, _) or (not EmulatorDetection.EmulatorOnly, null) => (Google, []),
        (EmulatorDetection.EmulatorOnly, null) => (Google, [$"{Setting} is EmulatorOnly, and {EmulatorVariable} is not set: set it to the emulator's host:port, for example 127.0.0.1:4443."]),
        (EmulatorDetection.ProductionOnly, _) => (Google, [$"{EmulatorVariable} is '{emulator}', and {Setting} is ProductionOnly: unset the variable, or choose EmulatorOrProduction."]),
        _ => ReadEmulator(emulator!),
    };

    private static (StorageEndpoint Endpoint, IReadOnlyList<string> Problems) ReadEmulator(string emulator)
    {
        const string ApiPath = "/storage/v1";
        var text = emulator.TrimEnd('/');
        text = text.EndsWith(ApiPath, StringComparison.Ordinal) ? text[..^ApiPath.Length] : text;
        text = text.Contains("://", StringComparison.Ordinal) ? text : $"{Uri.UriSchemeHttp}://{text}";
        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" };
        return isAddress
            ? (new StorageEndpoint(address!, IsEmulator: true), [])
            : (Google, [$"{EmulatorVariable} is '{emulator}'; it must be host:port or http://host:port."]);
    }
}
