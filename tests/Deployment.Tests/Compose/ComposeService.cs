using CloudSweep.Deployment.Tests.Images;
using CloudSweep.Deployment.Tests.Settings;

namespace CloudSweep.Deployment.Tests.Compose;

/// <summary>A service of deploy/compose.yaml.</summary>
/// <param name="name">As the file has it.</param>
/// <param name="fields">What the file says of it, anchors merged and variables at their defaults.</param>
internal sealed class ComposeService(string name, IReadOnlyDictionary<object, object> fields)
{
    public string Name => name;

    public string Image => Text("image");

    public bool IsOurs => Image.StartsWith("cloudsweep/", StringComparison.Ordinal);

    public IEnumerable<string> Ports => List("ports");

    public IEnumerable<string> Command => List("command");

    /// <summary>Folders of the container that are volumes or folders of the machine.</summary>
    public IEnumerable<string> Folders => List("volumes").Select(volume => volume.Split(':').Length == 1 ? volume : volume.Split(':')[1])
        .Concat(IsOurs ? DockerStage.Of(Image).Volumes : []).Distinct();

    /// <summary>What a host finds in the container.</summary>
    public ContainerSettings Settings => ContainerSettings.From(
        [DockerStage.Of(Image).Environment, Map("environment").Select(variable => KeyValuePair.Create((string)variable.Key, (string)variable.Value))]);

    public bool Has(string field) => fields.ContainsKey(field);

    public string Text(string field) => fields.TryGetValue(field, out var value) ? (string)value : "";

    public IEnumerable<string> List(string field) => fields.TryGetValue(field, out var value) ? ((List<object>)value).Cast<string>() : [];

    public IReadOnlyDictionary<object, object> Map(string field) => fields.TryGetValue(field, out var value) ? (Dictionary<object, object>)value : new Dictionary<object, object>();
}
