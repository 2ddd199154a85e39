using System.Globalization;
using System.Text.RegularExpressions;
using CloudSweep.TestSupport;

namespace CloudSweep.Deployment.Tests.Images;

/// <summary>A target of deploy/docker/Dockerfile: what an image has by itself.</summary>
/// <param name="Ports">Of EXPOSE.</param>
/// <param name="Environment">Of ENV, its own and those of the stage that it begins with.</param>
/// <param name="Volumes">Of VOLUME.</param>
/// <param name="Lines">All that it says itself; what is continued is one line.</param>
internal sealed partial record DockerStage(IReadOnlyList<int> Ports, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Volumes, IReadOnlyList<string> Lines)
{
    public static IReadOnlyDictionary<string, DockerStage> All { get; } = Read(File.ReadAllText(Repository.PathOf("deploy", "docker", "Dockerfile")));

    /// <summary>The stage that an image is made of; images are named like their stage.</summary>
    public static DockerStage Of(string image)
    {
        var name = image.Split('/')[^1].Split(':')[0];
        Assert.True(All.ContainsKey(name), $"The image {image} is no target of deploy/docker/Dockerfile.");
        return All[name];
    }

    private static Dictionary<string, DockerStage> Read(string text)
    {
        var stages = new Dictionary<string, DockerStage>();
        foreach (var stage in Stage().Matches(text.Replace("\\\n", " ", StringComparison.Ordinal)).Cast<Match>())
        {
            var inherited = stages.GetValueOrDefault(stage.Groups["from"].Value)?.Environment ?? new Dictionary<string, string>();
            stages[stage.Groups["name"].Value] = new DockerStage(
                [.. Words(stage, "EXPOSE").Select(port => int.Parse(port, CultureInfo.InvariantCulture))],
                inherited.Concat(Words(stage, "ENV").Select(word => word.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1].Trim('"')))).ToDictionary(),
                [.. Words(stage, "VOLUME")],
                stage.Groups["body"].Value.Split('\n'));
        }

        return stages;
    }

    private static IEnumerable<string> Words(Match stage, string instruction) => stage.Groups["body"].Value.Split('\n')
        .Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))
        .SelectMany(line => line[instruction.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^FROM (?<from>\S+) AS (?<name>\S+)\n(?<body>.*?)(?=^FROM |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Stage();
}
