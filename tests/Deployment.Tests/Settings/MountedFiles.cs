using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudSweep.TestSupport;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.Settings;

/// <summary>Folders of this machine that stand for those of a container, with real files where a Secret is mounted.</summary>
internal sealed class MountedFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _folders = [];

    /// <summary>Folders of the container, and what stands for them.</summary>
    public IReadOnlyDictionary<string, string> Folders => _folders;

    public static MountedFiles Of(V1PodSpec pod, V1Container container)
    {
        var files = new MountedFiles();
        foreach (var mount in container.VolumeMounts)
        {
            var keys = pod.Volumes.SingleOrDefault(volume => volume.Name == mount.Name)?.Secret?.Items.Select(item => item.Path) ?? [];
            files.Add(mount.MountPath, keys);
        }

        return files;
    }

    /// <summary>A folder with the files that our Secrets have.</summary>
    /// <param name="path">Where it is in the container.</param>
    /// <param name="names">Names of its files.</param>
    public void Add(string path, IEnumerable<string> names)
    {
        var folder = Directory.CreateDirectory(_folder[$"{_folders.Count}"]).FullName;
        _folders.Add(path, folder);
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(folder, name), TextOf(name));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static string TextOf(string name) => name switch
    {
        "tls.crt" or "tls.pem" or "ca.crt" or "ca.pem" => Pem.Certificate,
        "tls.key" => Pem.Key,
        "token" or "worker.token" or "submitter.token" => "cs_a-token-of-this-test\n",
        "tokens" => $"worker-1 worker {Convert.ToHexStringLower(SHA256.HashData("x"u8))}\n",
        _ => throw new ArgumentException($"Nobody knows what is in '{name}'.", nameof(name)),
    };

    /// <summary>A certificate that is its own authority.</summary>
    private static class Pem
    {
        static Pem()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=coordinator", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
            using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
            Certificate = certificate.ExportCertificatePem();
            Key = key.ExportPkcs8PrivateKeyPem();
        }

        public static string Certificate { get; }

        public static string Key { get; }
    }
}
