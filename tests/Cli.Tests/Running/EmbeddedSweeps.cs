using CloudSweep.Cli.Files;
using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Running;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;
using Grpc.Core;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>Small sweeps over two shards, and the real host of `run` over them, with each step in a test's hands.</summary>
internal sealed class EmbeddedSweeps : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EmbeddedSweeps()
    {
        WriteShard("a");
        WriteShard("b");
        WriteSweep("first");
        WriteSweep("second");
    }

    public string Root => _folder.Root;

    public string this[string name] => _folder[name];

    public StateDirectory State => new(_folder["state"]);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void WriteSweep(string name, int epochs = 2, string rates = "0.01, 0.1") => File.WriteAllText(_folder[$"{name}.yaml"], $$"""
        version: 1
        name: {{name}}
        data: { train: part-*.csv, label: label }
        model: { kind: softmax }
        training: { epochs: {{epochs}}, batchSize: 8 }
        learningRate: [{{rates}}]
        optimizer: sgd
        """);

    /// <param name="key">Name of the shard in the pattern.</param>
    /// <param name="slope">Other numbers make another version.</param>
    public void WriteShard(string key, int slope = 7) => File.WriteAllText(
        ShardPath(key),
        "x,label\n" + string.Concat(Enumerable.Range(0, 60).Select(row => FormattableString.Invariant($"{row * slope % 31},{row % 2}\n"))));

    public string ShardPath(string key) => _folder[$"part-{key}.csv"];

    public async Task<ShardTable> FindShardsAsync()
    {
        await using var data = new DataLocator(new DataPatterns(_folder["part-*.csv"], null, null));
        return await data.FindAsync(None);
    }

    public async Task<EmbeddedHost> StartAsync()
    {
        State.Create();
        return await EmbeddedHost.StartAsync(new EmbeddedSettings(State, new DataPlaces([Root], []), Slots: 1, Threads: 1), None);
    }

    public async Task<SubmittedRun> SubmitAsync(EmbeddedHost host, string name, ShardTable shards) =>
        await new SweepSubmission(host.Sweeps, ProgressView.Create()).SubmitAsync(SweepFile.Read(_folder[$"{name}.yaml"]).Spec, shards, isFresh: false, None);

    /// <summary>Follows a sweep to its end or pause.</summary>
    public static async Task<SweepProgress> FollowAsync(EmbeddedHost host, string sweep)
    {
        using var call = host.Sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: None);
        return await call.ResponseStream.ReadAllAsync(None).FirstAsync(progress => progress.State >= SweepState.Paused, None);
    }

    public static async Task<SweepProgress> ProgressAsync(EmbeddedHost host, string sweep) =>
        (await host.Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: None)).Progress;

    public Task<CommandResult> RunAsync(string name, params IEnumerable<string> options) =>
        CloudSweepProcess.RunAsync(Root, ["run", $"{name}.yaml", "--state", "state", .. options]);

    public void Dispose() => _folder.Dispose();
}
