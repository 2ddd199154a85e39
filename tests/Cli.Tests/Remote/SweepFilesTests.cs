using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Remote;
using CloudSweep.Cli.Results;
using CloudSweep.Cli.Tests.Running;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Cli.Tests.Remote;

public sealed class SweepFilesTests : IAsyncLifetime
{
    private readonly EmbeddedSweeps _sweeps = new();
    private readonly InMemoryObjectStoreProvider _buckets = new(ObjectLocation.CloudStorageScheme);
    private EmbeddedHost _host = null!;
    private string _sweep = "";

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private SweepFiles Files => new(_host.Sweeps, new OutputFolder(new ObjectStores([_buckets])));

    public async ValueTask InitializeAsync()
    {
        _host = await _sweeps.StartAsync();
        _sweep = (await _sweeps.SubmitAsync(_host, "first", await _sweeps.FindShardsAsync())).Id;
        await _host.StartWorkerAsync(_sweep);
        await EmbeddedSweeps.FollowAsync(_host, _sweep);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _sweeps.Dispose();
    }

    [Fact]
    public async Task Export_Folder_HasAllThatRunLeaves()
    {
        var written = await Files.ExportAsync(_sweep, _sweeps["out"], None);

        Assert.Equal(["measurements.csv", "model.safetensors", "report.html", "results.csv", "results.json"], Directory.EnumerateFiles(_sweeps["out"]).Select(Path.GetFileName).Order());
        Assert.Equal(Directory.EnumerateFiles(_sweeps["out"]).Order(), written.Files.Order());
        Assert.Equal((_sweeps["out/report.html"], _sweeps["out/model.safetensors"]), (written.Report, written.Model));
    }

    [Fact]
    public async Task Export_Bucket_HasAllThatRunLeaves()
    {
        var written = await Files.ExportAsync(_sweep, "gs://bucket/runs/", None);

        Assert.Equal(written.Files.Order(), (await NamesAsync()).Select(name => $"gs://bucket/{name}").Order());
        Assert.Contains("gs://bucket/runs/model.safetensors", written.Files);
    }

    [Fact]
    public async Task Report_FileFolderOrBucket_IsWrittenThere()
    {
        Directory.CreateDirectory(_sweeps["there"]);

        Assert.Equal(_sweeps["mine.html"], (await Files.ReportAsync(_sweep, _sweeps["mine.html"], None)).Report);
        Assert.Equal(_sweeps["there/report.html"], (await Files.ReportAsync(_sweep, _sweeps["there"], None)).Report);
        Assert.Equal(_sweeps["new/report.html"], (await Files.ReportAsync(_sweep, $"{_sweeps["new"]}/", None)).Report);
        Assert.Equal("gs://bucket/a/report.html", (await Files.ReportAsync(_sweep, "gs://bucket/a", None)).Report);
        Assert.Equal("gs://bucket/b/mine.html", (await Files.ReportAsync(_sweep, "gs://bucket/b/mine.html", None)).Report);

        Assert.All(["mine.html", "there/report.html", "new/report.html"], name => Assert.True(File.Exists(_sweeps[name])));
        Assert.Equal(["a/report.html", "b/mine.html"], await NamesAsync());
    }

    private async Task<IReadOnlyList<string>> NamesAsync() =>
        await _buckets.Open("bucket").ListAsync("", None).Select(stored => stored.Name).ToListAsync(None);
}
