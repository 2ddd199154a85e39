using System.Text.Json;
using CloudSweep.TestSupport;
using CloudSweep.Worker.Reproduction;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Reproduction;

/// <summary>What an exported trial is on disk.</summary>
public sealed class TrialFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewFolder_HasDocumentWeightsAndBatches()
    {
        var recorded = Record(4);

        TrialFolder.Write(_folder["a/b"], recorded);

        Assert.Equal(["batches.safetensors", "trial.json", "weights.safetensors"], Names(_folder["a/b"]));
        Assert.Equal(["b"], Names(_folder["a"]));
        var document = JsonDocument.Parse(File.ReadAllText(_folder["a/b/trial.json"])).RootElement;
        Assert.Equal("cloudsweep-trial", document.GetProperty("format").GetString());
        Assert.Equal(recorded.Document.Losses, document.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble()));
        using var weights = File.OpenRead(_folder["a/b/weights.safetensors"]);
        var tensors = SafetensorsReader.Read(weights).Tensors;
        Assert.Equal(["layers.0.weight", "layers.0.bias"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([4, 6], tensors[0].Shape);
    }

    [Theory]
    [InlineData("export")]
    [InlineData("export/")]
    public void Write_FolderOfAnEarlierExport_ReplacesIt(string name)
    {
        TrialFolder.Write(_folder["export"], Record(4));

        Assert.Null(TrialFolder.Problem(_folder[name]));
        TrialFolder.Write(_folder[name], Record(2));

        var document = JsonDocument.Parse(File.ReadAllText(_folder["export/trial.json"])).RootElement;
        Assert.Equal(2, document.GetProperty("losses").GetArrayLength());
        Assert.Equal(["export"], Names(_folder.Root));
    }

    [Fact]
    public void Problem_FolderWithOtherFiles_KeepsThem()
    {
        Directory.CreateDirectory(_folder["mine"]);
        File.WriteAllText(_folder["mine/thesis.txt"], "");

        Assert.Contains("has other files in it", TrialFolder.Problem(_folder["mine"]), StringComparison.Ordinal);
        Assert.Throws<IOException>(() => TrialFolder.Write(_folder["mine"], Record(2)));
        Assert.Equal(["thesis.txt"], Names(_folder["mine"]));
        Assert.Equal(["mine"], Names(_folder.Root));
    }

    [Fact]
    public void Problem_FileOrRoot_IsNone()
    {
        File.WriteAllText(_folder["file"], "");

        Assert.Contains("is a file", TrialFolder.Problem(_folder["file"]), StringComparison.Ordinal);
        Assert.Contains("is the root", TrialFolder.Problem(Path.GetPathRoot(_folder.Root)!), StringComparison.Ordinal);
        Assert.Null(TrialFolder.Problem(_folder["new"]));
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static RecordedTrial Record(int steps)
    {
        var trial = TrialMatrix.TrialsOf("softmax")[0];
        return new TrialRecorder(TrialMatrix.RowsFor(trial.Parameters.Model), double.MaxValue, KernelPath.Portable).Record("sweep", trial, steps, TestContext.Current.CancellationToken);
    }
}
