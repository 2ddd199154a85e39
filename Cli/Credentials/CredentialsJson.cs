using System.Globalization;
using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Credentials;

/// <summary>The document of <c>credentials create --output json</c>; scripts rely on its names (docs/cli.md). No secret is in it.</summary>
internal static class CredentialsJson
{
    public static string Write(CreatedCredentials created) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["folder"] = created.Request.Folder,
        ["existed"] = created.Existed,
        ["files"] = new JsonArray([.. CredentialFile.All.Select(file => JsonValue.Create(Path.Combine(created.Request.Folder, file.Name)))]),
        ["hosts"] = new JsonArray([.. created.Request.Hosts.Select(host => JsonValue.Create(host))]),
        ["certificateEnd"] = Text(created.CertificateEnd),
        ["caEnd"] = Text(created.CaEnd),
    }.ToJsonString(JsonParts.Indented);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
