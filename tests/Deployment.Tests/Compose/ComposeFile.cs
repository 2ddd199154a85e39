using System.Text.RegularExpressions;
using CloudSweep.TestSupport;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace CloudSweep.Deployment.Tests.Compose;

/// <summary>deploy/compose.yaml, as compose reads it where no variable is set.</summary>
internal static partial class ComposeFile
{
    public static IReadOnlyList<ComposeService> Services { get; } = Read();

    public static ComposeService Service(string name) => Services.Single(service => service.Name == name);

    private static List<ComposeService> Read()
    {
        var text = Default().Replace(File.ReadAllText(Repository.PathOf("deploy", "compose.yaml")), "$1");
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(text))));
        return [.. ((Dictionary<object, object>)file["services"]).Select(service => new ComposeService((string)service.Key, (Dictionary<object, object>)service.Value))];
    }

    [GeneratedRegex(@"\$\{[A-Z_]+:-([^}]*)\}")]
    private static partial Regex Default();
}
