namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>A folder below deploy/kubernetes that is applied to a cluster, with its placeholders filled in.</summary>
internal static class Overlay
{
    public const string Local = "overlays/local";
    public const string Gke = "overlays/gke";

    /// <summary>What a person puts in place of the capitals of overlays/gke/kustomization.yaml.</summary>
    public static IReadOnlyDictionary<string, string> Placeholders { get; } = new Dictionary<string, string>
    {
        ["PROJECT_ID"] = "my-project",
        ["REGION"] = "europe-west1",
        ["IMAGE_TAG"] = "1.0.0",
        ["DATA_BUCKET"] = "my-data",
        ["CHECKPOINTS_BUCKET"] = "my-checkpoints",
    };

    public static TheoryData<string> All => [Local, Gke];

    public static async Task<Manifests> ReadAsync(string overlay) =>
        Manifests.Parse(Placeholders.Aggregate(await Manifests.RenderAsync(overlay), (yaml, filled) => yaml.Replace(filled.Key, filled.Value, StringComparison.Ordinal)));
}
