using System.Globalization;
using CloudSweep.Coordinator;
using CloudSweep.Deployment.Tests.Images;
using CloudSweep.Deployment.Tests.Settings;
using CloudSweep.TestSupport;
using CloudSweep.Worker;

namespace CloudSweep.Deployment.Tests.Compose;

/// <summary>deploy/compose.yaml against the images, the hosts' settings and what a machine should not be open for.</summary>
public sealed class ComposeTests
{
    private static readonly string[] CredentialFiles = ["ca.pem", "tls.pem", "tls.key", "tokens", "worker.token", "submitter.token"];

    [Fact]
    public void Ports_Published_AreOnLoopbackAndTheImages()
    {
        const string PubSub = "8085";

        var published = ComposeFile.Services.SelectMany(service => service.Ports.Select(port => (service, port))).ToArray();

        Assert.NotEmpty(published);
        Assert.All(published, port =>
        {
            Assert.StartsWith("127.0.0.1:", port.port, StringComparison.Ordinal);
            var inside = port.port.Split(':')[^1];
            Assert.Contains(inside, port.service.IsOurs ? DockerStage.Of(port.service.Image).Ports.Select(exposed => exposed.ToString(CultureInfo.InvariantCulture)) : [PubSub]);
        });
    }

    [Fact]
    public void Services_All_HaveNoPrivilege()
    {
        Assert.All(ComposeFile.Services, service =>
        {
            Assert.Equal(["ALL"], service.List("cap_drop"));
            Assert.Equal(["no-new-privileges:true"], service.List("security_opt"));
            Assert.False(service.Has("privileged") || service.Has("cap_add") || service.Has("user") || service.Has("pid") || service.Has("ipc"));
            Assert.NotEqual("host", service.Text("network_mode"));
            Assert.DoesNotContain(service.List("volumes"), volume => volume.Contains("docker.sock", StringComparison.Ordinal));
            Assert.NotEqual("", service.Text("mem_limit"));
        });
    }

    [Fact]
    public void Services_OfOurs_AreBuiltFromTheTargetOfTheirImageWithAReadOnlyRoot()
    {
        Assert.All(ComposeFile.Services.Where(service => service.IsOurs), service =>
        {
            Assert.NotNull(DockerStage.Of(service.Image));
            Assert.Equal(service.Image.Split('/')[1].Split(':')[0], service.Map("build")["target"]);
            Assert.True(File.Exists(Repository.PathOf("deploy", (string)service.Map("build")["context"], (string)service.Map("build")["dockerfile"])));
            Assert.Equal("true", service.Text("read_only"));
        });
        Assert.Equal(["cli", "coordinator", "storage-emulator", "worker"], ComposeFile.Services.Where(service => service.IsOurs).Select(service => service.Image.Split('/', ':')[1]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Build_Coordinator_HasNoComplaint()
    {
        var service = ComposeFile.Service("coordinator");
        using var files = FilesOf(service);

        await using var host = CoordinatorHost.Build(service.Settings.ToArguments(files.Folders));
    }

    [Fact]
    public void Build_Worker_HasNoComplaint()
    {
        var service = ComposeFile.Service("worker");
        using var files = FilesOf(service);

        using var host = WorkerHost.Build(service.Settings.ToArguments(files.Folders));
    }

    [Fact]
    public void Settings_OfBothHosts_FitTogether()
    {
        var (coordinator, worker) = (ComposeFile.Service("coordinator").Settings.Values, ComposeFile.Service("worker").Settings.Values);
        var address = new Uri(worker["Worker:Coordinator"]);
        var slots = int.Parse(worker.GetValueOrDefault("Worker:Slots") ?? "1", CultureInfo.InvariantCulture);
        var drain = TimeSpan.Parse(worker.GetValueOrDefault("Worker:DrainTimeout") ?? "00:00:10", CultureInfo.InvariantCulture);

        Assert.All(["Checkpoints:Location", "PubSub:Topic", "PubSub:Subscription", "GOOGLE_CLOUD_PROJECT", "PUBSUB_EMULATOR_HOST", "STORAGE_EMULATOR_HOST"], name => Assert.Equal(coordinator[name], worker[name]));
        Assert.Equal((ComposeFile.Service("coordinator").Name, new Uri(coordinator["Listen"].Replace('*', 'a')).Port), (address.Host, address.Port));
        Assert.Contains(address.Host, ComposeFile.Service("credentials").Command.SkipWhile(word => word != "--host"));
        Assert.Equal(
            int.Parse(ComposeFile.Service("worker").Text("scale"), CultureInfo.InvariantCulture) * slots,
            int.Parse(coordinator["Packing:ExpectedSlots"], CultureInfo.InvariantCulture));
        Assert.True(TimeSpan.FromSeconds(int.Parse(ComposeFile.Service("worker").Text("stop_grace_period").TrimEnd('s'), CultureInfo.InvariantCulture)) > drain + WorkerRegistration.ShutdownReserve);
    }

    [Theory]
    [InlineData("PUBSUB_EMULATOR_HOST")]
    [InlineData("STORAGE_EMULATOR_HOST")]
    public void Emulators_InSettings_AreServicesAtTheirPorts(string variable)
    {
        var address = ComposeFile.Service("worker").Settings.Values[variable].Split("://")[^1].Split(':');

        Assert.Contains(ComposeFile.Service(address[0]).Ports, port => port.EndsWith($":{address[1]}", StringComparison.Ordinal));
    }

    private static MountedFiles FilesOf(ComposeService service)
    {
        var files = new MountedFiles();
        foreach (var folder in service.Folders)
        {
            files.Add(folder, folder == "/credentials" ? CredentialFiles : []);
        }

        return files;
    }
}
