using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>The document of <c>doctor --output json</c>; scripts rely on its names (docs/cli.md).</summary>
internal static class DoctorJson
{
    public static string Write(IReadOnlyList<Examined> examined) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["ok"] = !examined.Any(check => check.Result is CheckResult.Wrong),
        ["checks"] = new JsonArray([.. examined.Select(Check)]),
    }.ToJsonString(JsonParts.Indented);

    private static JsonObject Check(Examined examined) => new()
    {
        ["check"] = examined.Name,
        ["status"] = examined.Result switch
        {
            CheckResult.Ok => "ok",
            CheckResult.Wrong => "wrong",
            _ => "notUsed",
        },
        ["detail"] = examined.Result switch
        {
            CheckResult.Ok ok => ok.Detail,
            CheckResult.Wrong wrong => wrong.Problem,
            CheckResult.NotUsed notUsed => notUsed.Detail,
            _ => "",
        },
        ["mend"] = (examined.Result as CheckResult.Wrong)?.Mend,
        ["mended"] = examined.IsMended,
    };
}
