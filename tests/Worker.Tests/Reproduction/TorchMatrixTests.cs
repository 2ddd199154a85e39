using CloudSweep.TestSupport;
using CloudSweep.Worker.Reproduction;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Reproduction;

/// <summary>100 steps of every model × optimizer × schedule against PyTorch itself, by the script that people use.</summary>
[Trait("Category", "Slow")]
public sealed class TorchMatrixTests
{
    [Fact]
    public async Task Reproduce_EveryModelOptimizerAndSchedule_AgreesWithPyTorch()
    {
        using var folder = new TemporaryFolder();
        var count = 0;
        foreach (var (model, index) in TrialMatrix.Models.Keys.Select((model, index) => (model, index)))
        {
            foreach (var trial in TrialMatrix.TrialsOf(model))
            {
                var recorder = new TrialRecorder(TrialMatrix.RowsFor(trial.Parameters.Model), double.MaxValue, KernelPaths.Supported()[0]);
                var recorded = recorder.Record(model, trial, TrialMatrix.Steps, TestContext.Current.CancellationToken);
                Assert.Equal(TrialMatrix.Steps, recorded.Document.Losses.Count);
                TrialFolder.Write(folder[FormattableString.Invariant($"{index}-{trial.Number:D2}")], recorded);
                count++;
            }
        }

        var (exitCode, output) = await Torch.ReproduceAsync(folder.Root);

        TestContext.Current.TestOutputHelper!.WriteLine(output);
        Assert.True(exitCode == 0, output);
        Assert.Equal(7 * 7 * 7, count);
        Assert.Contains("343 of 343 trials agree.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reproduce_OneLossThatIsWrong_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var trial = TrialMatrix.TrialsOf("softmax")[0];
        var recorded = new TrialRecorder(TrialMatrix.RowsFor(trial.Parameters.Model), double.MaxValue, KernelPath.Portable).Record("wrong", trial, 5, TestContext.Current.CancellationToken);
        double[] losses = [.. recorded.Document.Losses];
        losses[3] *= 1.0002;
        TrialFolder.Write(folder["trial"], recorded with { Document = recorded.Document with { Losses = losses } });

        var (exitCode, output) = await Torch.ReproduceAsync(folder["trial"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("2.0e-04 at step 4", output, StringComparison.Ordinal);
        Assert.Contains("The losses do NOT agree.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reproduce_FolderOfSomethingElse_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await Torch.ReproduceAsync(folder.Root);

        Assert.Equal(2, exitCode);
        Assert.Contains("is no exported trial", output, StringComparison.Ordinal);
        Assert.Contains("make one with cloudsweep run FILE --export-trial N DIR", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Traceback", output, StringComparison.Ordinal);
    }
}
