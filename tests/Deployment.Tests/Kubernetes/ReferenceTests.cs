using CloudSweep.Deployment.Tests.Images;
using CloudSweep.Deployment.Tests.Kubernetes.Keda;
using CloudSweep.TestSupport;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Kubernetes;

/// <summary>Whatever a manifest names is there, or a command of docs/kubernetes.md makes it.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Secrets_ThatAreRead_AreMadeByTheCommandsOfTheGuide(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var made = await Guide.MadeAsync("secret");
        var mounted =
            from pod in manifests.Pods.Values
            from volume in pod.Spec.Volumes
            where volume.Secret is not null
            from item in volume.Secret.Items
            select (volume.Secret.SecretName, item.Key);
        var shown = manifests.All<TriggerAuthentication>().SelectMany(authentication => authentication.Spec.SecretTargetRef).Select(target => (target.Name, target.Key));

        Assert.All(mounted.Concat(shown), secret => Assert.Contains(secret.Item2, Assert.Single(made.All<V1Secret>(), candidate => candidate.Name() == secret.Item1).Data.Keys));
        Assert.All(made.All<V1Secret>(), secret => Assert.Equal("cloudsweep", secret.Namespace()));
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task ConfigMaps_ThatAreRead_AreRenderedOrMadeByTheCommandsOfTheGuide(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var made = (await Guide.MadeAsync("configmap")).All<V1ConfigMap>();
        var there = manifests.All<V1ConfigMap>().Concat(made).ToDictionary(map => map.Name());

        Assert.All(manifests.Pods.Values.SelectMany(pod => pod.Spec.Containers).SelectMany(container => container.EnvFrom ?? []), source => Assert.Contains(source.ConfigMapRef.Name, there.Keys));
        Assert.All(manifests.Pods.Values, pod => Assert.All(pod.Spec.Volumes.Where(volume => volume.ConfigMap is not null), volume => Assert.All(
            pod.Spec.Containers.SelectMany(container => container.VolumeMounts).Where(mount => mount.Name == volume.Name),
            mount => Assert.Contains(mount.SubPath, there[volume.ConfigMap.Name].BinaryData.Keys))));
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task VolumesAndAccounts_OfPods_AreThereAndUsed(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var claims = manifests.All<V1StatefulSet>().ToDictionary(set => set.Name(), set => set.Spec.VolumeClaimTemplates.Select(claim => claim.Name()));
        var accounts = manifests.All<V1ServiceAccount>().Select(account => account.Name()).ToArray();

        Assert.All(manifests.Pods, pod =>
        {
            var there = pod.Value.Spec.Volumes.Select(volume => volume.Name).Concat(claims.GetValueOrDefault(pod.Key) ?? []);
            var mounted = pod.Value.Spec.Containers.SelectMany(container => container.VolumeMounts).Select(mount => mount.Name).Distinct();
            Assert.Equal(there.Order(StringComparer.Ordinal), mounted.Order(StringComparer.Ordinal));
            Assert.True(pod.Value.Spec.ServiceAccountName is null || accounts.Contains(pod.Value.Spec.ServiceAccountName));
        });
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Images_OfOurs_AreTargetsOfTheDockerfile(string overlay)
    {
        var images = (await Overlay.ReadAsync(overlay)).Pods.Values.SelectMany(pod => pod.Spec.Containers).Select(container => container.Image).Where(image => image.Contains("cloudsweep/", StringComparison.Ordinal));

        Assert.NotEmpty(images);
        Assert.All(images, image =>
        {
            Assert.NotNull(DockerStage.Of(image));
            Assert.Matches("^[a-z0-9./-]+:[A-Za-z0-9._-]+$", image);
        });
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Volumes_OfImages_AreMounted(string overlay)
    {
        // The root file system is read-only, so what an image writes to must be a volume.
        var containers = (await Overlay.ReadAsync(overlay)).Pods.Values.SelectMany(pod => pod.Spec.Containers).Where(container => container.Image.Contains("cloudsweep/", StringComparison.Ordinal));

        Assert.All(containers, container => Assert.All(DockerStage.Of(container.Image).Volumes, path => Assert.Contains(container.VolumeMounts, mount => mount.MountPath == path)));
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task ScaledObject_Names_ADeploymentAndAnAuthenticationThatAreThere(string overlay)
    {
        var manifests = await Overlay.ReadAsync(overlay);
        var scaled = Assert.Single(manifests.All<ScaledObject>());

        var worker = Assert.Single(manifests.All<V1Deployment>(), deployment => deployment.Name() == scaled.Spec.ScaleTargetRef.Name);
        Assert.Null(worker.Spec.Replicas);
        Assert.Contains(manifests.All<TriggerAuthentication>(), authentication => authentication.Name() == Assert.Single(scaled.Spec.Triggers).AuthenticationRef!.Name);
    }

    [Fact]
    public async Task Gke_Placeholders_AreInOneFileAndAllTold()
    {
        var folder = Repository.PathOf("deploy", "kubernetes");
        var holders = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Overlay.Placeholders.Keys.Any(File.ReadAllText(path).Contains))
            .Select(path => Path.GetRelativePath(folder, path));
        var remarks = (await File.ReadAllLinesAsync(Path.Combine(folder, Overlay.Gke, "kustomization.yaml"), TestContext.Current.CancellationToken)).TakeWhile(line => line.StartsWith('#'));
        var yaml = await Manifests.RenderAsync(Overlay.Gke);

        Assert.Equal(["overlays/gke/kustomization.yaml"], holders);
        Assert.All(Overlay.Placeholders.Keys, placeholder =>
        {
            Assert.Contains(remarks, line => line.StartsWith($"#   {placeholder} ", StringComparison.Ordinal));
            Assert.Contains(placeholder, yaml, StringComparison.Ordinal);
        });
    }
}
