using CloudSweep.TestSupport;

namespace CloudSweep.Cli.Tests.Running;

public sealed class LinkedDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Plan_DataIsALinkToAFileElsewhere_ReadsTheFile()
    {
        Directory.CreateDirectory(_folder["disk"]);
        Directory.CreateDirectory(_folder["project"]);
        await File.WriteAllTextAsync(_folder["disk/rows.csv"], "x,label\n1,a\n2,b\n3,a\n", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_folder["project/rows.csv"], _folder["disk/rows.csv"]);
        await File.WriteAllTextAsync(_folder["project/sweep.yaml"], """
            version: 1
            name: linked
            data: { train: rows.csv, label: label }
            model: { kind: softmax }
            training: { epochs: 1 }
            learningRate: 0.1
            optimizer: sgd
            """, TestContext.Current.CancellationToken);

        var result = await CloudSweepProcess.RunAsync(_folder["project"], "plan", "sweep.yaml");

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("3 rows x 1 features", result.Output, StringComparison.Ordinal);
    }
}
