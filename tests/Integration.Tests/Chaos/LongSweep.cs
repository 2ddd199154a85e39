using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.Chaos;

/// <summary>A sweep that takes a while, and what it leaves when nothing goes wrong, run once for all tests.</summary>
public sealed class LongSweep : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string? _results;

    /// <summary>Trials of the sweep.</summary>
    public const int Trials = 18;

    /// <summary>Passes of each over the data.</summary>
    public const int Epochs = 200;

    /// <summary>Its file, for the data in the bucket.</summary>
    public static string File { get; } = SweepFiles.Long($"gs://{CloudServices.BucketName}/digits");

    /// <summary>The same as one long job.</summary>
    public static string FileOfOneJob { get; } = SweepFiles.Long($"gs://{CloudServices.BucketName}/digits", Trials);

    /// <summary>Folder of the undisturbed results.</summary>
    public async Task<string> RequireResultsAsync() => _results ??= await ResultFiles.OfLocalRunAsync(_folder, SweepFiles.Long(TrainingData.Digits));

    public void Dispose() => _folder.Dispose();
}
