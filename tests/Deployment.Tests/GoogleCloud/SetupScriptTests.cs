using CloudSweep.Deployment.Tests.Kubernetes;
using CloudSweep.TestSupport;
using k8s.Models;

namespace CloudSweep.Deployment.Tests.GoogleCloud;

/// <summary>deploy/gcp/setup.sh, with a gcloud that only remembers.</summary>
public sealed class SetupScriptTests : IDisposable
{
    private const string Coordinator = "serviceAccount:cloudsweep-coordinator@my-project.iam.gserviceaccount.com";
    private const string Worker = "serviceAccount:cloudsweep-worker@my-project.iam.gserviceaccount.com";

    private static readonly string[] Arguments =
    [
        "--project", "my-project", "--region", "europe-west1", "--data-bucket", "my-data", "--data-bucket", "more-data",
        "--checkpoints-bucket", "my-checkpoints", "--submitter", "user:alice@example.com",
    ];

    private readonly FakeGcloud _gcloud = new();

    public void Dispose() => _gcloud.Dispose();

    [Fact]
    public async Task Run_EmptyProject_GrantsExactlyWhatIsNeeded()
    {
        var run = await _gcloud.SetUpAsync(Arguments);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(
            [
                ("pubsub topics cloudsweep-jobs", "roles/pubsub.publisher", Coordinator),
                ("pubsub subscriptions cloudsweep-workers", "roles/pubsub.subscriber", Worker),
                ("storage buckets gs://my-data", "roles/storage.objectViewer", Worker),
                ("storage buckets gs://my-data", "roles/storage.objectViewer", "user:alice@example.com"),
                ("storage buckets gs://more-data", "roles/storage.objectViewer", Worker),
                ("storage buckets gs://more-data", "roles/storage.objectViewer", "user:alice@example.com"),
                ("storage buckets gs://my-checkpoints", "roles/storage.objectUser", Coordinator),
                ("storage buckets gs://my-checkpoints", "roles/storage.objectCreator", Worker),
                ("storage buckets gs://my-checkpoints", "roles/storage.objectViewer", Worker),
                ("iam service-accounts cloudsweep-coordinator", "roles/iam.workloadIdentityUser", "serviceAccount:my-project.svc.id.goog[cloudsweep/coordinator]"),
                ("iam service-accounts cloudsweep-worker", "roles/iam.workloadIdentityUser", "serviceAccount:my-project.svc.id.goog[cloudsweep/worker]"),
            ],
            _gcloud.Granted);
        Assert.Equal(
            [
                "iam service-accounts cloudsweep-coordinator", "iam service-accounts cloudsweep-worker", "pubsub topics cloudsweep-jobs", "pubsub subscriptions cloudsweep-workers",
                "storage buckets gs://my-data", "storage buckets gs://more-data", "storage buckets gs://my-checkpoints",
            ],
            _gcloud.Made);
        Assert.All(_gcloud.Changed.Where(call => !call.StartsWith("storage buckets add", StringComparison.Ordinal)), call => Assert.Contains("--project=my-project", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ASecondTime_ChangesNothing()
    {
        await _gcloud.SetUpAsync(Arguments);
        var before = _gcloud.Changed.Length;

        var run = await _gcloud.SetUpAsync(Arguments);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(before, _gcloud.Changed.Length);
        Assert.DoesNotContain("+ gcloud", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProjectWithHalfOfIt_MakesTheOtherHalf()
    {
        await _gcloud.SetUpAsync(Arguments);
        var before = _gcloud.Changed.Length;

        var run = await _gcloud.SetUpAsync([.. Arguments, "--submitter", "group:team@example.com"]);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(
            ["gs://my-data", "gs://more-data"],
            _gcloud.Changed[before..].Select(call => call.Split(' ')).Where(words => words[^1] == "--member=group:team@example.com").Select(words => words[3]));
        Assert.Equal(before + 2, _gcloud.Changed.Length);
    }

    [Theory]
    [InlineData("pubsub topics create cloudsweep-jobs")]
    [InlineData("storage buckets describe gs://my-data")]
    [InlineData("pubsub subscriptions add-iam-policy-binding cloudsweep-workers")]
    [InlineData("storage buckets get-iam-policy gs://my-checkpoints")]
    public async Task Run_ACallThatIsRefused_StopsThereAndTellsTheCommand(string refused)
    {
        _gcloud.Refuse(refused);

        var run = await _gcloud.SetUpAsync(Arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"gcloud {refused}", run.Errors, StringComparison.Ordinal);
        Assert.Contains("PERMISSION_DENIED", run.Errors, StringComparison.Ordinal);
        Assert.StartsWith(refused, _gcloud.Calls[^1], StringComparison.Ordinal);

        _gcloud.Refuse("");
        var again = await _gcloud.SetUpAsync(Arguments);

        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(11, _gcloud.Granted.Distinct().Count());
        Assert.Equal(_gcloud.Granted.Length, _gcloud.Granted.Distinct().Count());
    }

    [Fact]
    public async Task Run_Dry_PrintsWhatItWouldMakeAndCallsNobody()
    {
        var run = await _gcloud.SetUpAsync([.. Arguments, "--dry-run"]);
        var printed = run.Output.Split('\n').Where(line => line.StartsWith("+ gcloud ", StringComparison.Ordinal)).ToArray();

        Assert.Equal((0, 0), (run.ExitCode, _gcloud.Calls.Length));
        Assert.Equal((await _gcloud.SetUpAsync(Arguments)).Output.Split('\n').Where(line => line.StartsWith("+ ", StringComparison.Ordinal)), printed);
        Assert.Equal(18, printed.Length);
    }

    [Fact]
    public async Task Run_MistakesInArguments_TellsAllAtOnceAndCallsNobody()
    {
        var run = await _gcloud.SetUpAsync(
            "--projekt", "--project", "My_Project", "--region", "--data-bucket", "gs://my-data", "--checkpoints-bucket", "same", "--data-bucket", "same", "--submitter", "alice", "--topic", "1");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(8, run.Errors.Split('\n').Count(line => line.StartsWith("error: ", StringComparison.Ordinal)));
        Assert.All(
            ["'--projekt' is no option.", "--project ('My_Project') must be", "--region needs a value.", "--region ('') must be", "--data-bucket ('gs://my-data') must be", "are both 'same'", "--submitter ('alice') must be", "--topic ('1') must be"],
            mistake => Assert.Contains(mistake, run.Errors, StringComparison.Ordinal));
        Assert.Empty(_gcloud.Calls);
    }

    [Fact]
    public async Task Run_InTheEnd_PrintsTheCommandThatFillsInTheOverlay()
    {
        var run = await _gcloud.SetUpAsync(Arguments);
        var command = Assert.Single(run.Output.Split('\n'), line => line.StartsWith("  sed -i ", StringComparison.Ordinal));
        using var copy = new TemporaryFolder();
        await Command.RunAsync("cp", ["-r", Repository.PathOf("deploy"), copy.Root]);

        var sed = await Command.RunAsync("bash", ["-c", $"cd {copy.Root} && {command} && sed -i s/IMAGE_TAG/1.0.0/ deploy/kubernetes/overlays/gke/kustomization.yaml"]);

        Assert.True(sed.ExitCode == 0, sed.Errors);
        var yaml = await Manifests.RenderPathAsync(copy["deploy/kubernetes/overlays/gke"]);
        var manifests = Manifests.Parse(yaml);
        Assert.All(Overlay.Placeholders.Keys, placeholder => Assert.DoesNotContain(placeholder, yaml, StringComparison.Ordinal));
        Assert.Equal(
            new[] { Coordinator, Worker }.Select(member => member.Split(':')[1]),
            manifests.All<V1ServiceAccount>().OrderBy(account => account.Name(), StringComparer.Ordinal).Select(account => account.Metadata.Annotations["iam.gke.io/gcp-service-account"]));
        Assert.Contains("gs://my-checkpoints/cloudsweep", yaml, StringComparison.Ordinal);
        Assert.Contains("europe-west1-docker.pkg.dev/my-project/cloudsweep/worker:1.0.0", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Syntax_OfTheScripts_IsRight()
    {
        Assert.All(
            await Task.WhenAll(new[] { Repository.PathOf("deploy", "gcp", "setup.sh"), Repository.PathOf("tests", "Deployment.Tests", "GoogleCloud", "gcloud") }
                .Select(script => Command.RunAsync("bash", ["-n", script]))),
            bash => Assert.Equal((0, ""), (bash.ExitCode, bash.Errors)));
    }
}
