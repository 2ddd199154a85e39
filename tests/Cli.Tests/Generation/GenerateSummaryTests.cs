using CloudSweep.Cli.Files;
using CloudSweep.Cli.Generation;
using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class GenerateSummaryTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("data")]
    [InlineData("it's \"new\" # {data}: \\1")]
    public void DataBlock_PastedIntoASweepFile_NamesTheShards(string name)
    {
        var plan = new GeneratePlan(_temporary[name], Datasets.Teacher, new ShardCut(2, IsGzip: true));
        File.WriteAllText(_temporary["sweep.yaml"], $$"""
            version: 1
            name: pasted
            objective: { metric: val_loss, goal: minimize }
            {{GenerateSummary.DataBlock(plan)}}
            model: { kind: softmax }
            training: { epochs: 1, batchSize: 32, seed: 7 }
            learningRate: [0.1]
            optimizer: sgd
            """);

        Assert.Equal(_temporary[$"{name}/part-*-of-00002.csv.gz"], SweepFile.Read(_temporary["sweep.yaml"]).Patterns.Train);
    }

    [Fact]
    public void Text_OneOfEach_SaysSoInTheSingular()
    {
        var plan = new GeneratePlan("/data", Datasets.Linear with { Rows = 1, Features = 1 }, new ShardCut(1, IsGzip: false));

        Assert.StartsWith(
            "Wrote 1 row of 1 feature and a label (a number) in 1 shard, 24 bytes, in 1.0 s.\nReplaced 1 earlier shard.\n",
            GenerateSummary.Text(plan, 24, 1, TimeSpan.FromSeconds(1)),
            StringComparison.Ordinal);
    }
}
