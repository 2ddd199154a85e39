using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>All bits of a few small trials: every model with every optimizer and schedule, clipped or not, batches that end short, three epochs and an evaluation.</summary>
internal static class KernelDigest
{
    public static string Of(KernelPath path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int?[] batchSizes = [16, null, 50];
        foreach (var (index, model) in Jobs.Models.Values.Index())
        {
            var batchSize = batchSizes[index % batchSizes.Length];
            var rows = Jobs.RowsFor(model);
            for (var trial = 0; trial < 20; trial++)
            {
                var solo = new SoloLane(model, new TrainingSpec(Epochs: 3, batchSize, Seed: 11, GradientClip: trial % 2 == 0 ? null : 0.5), Jobs.Lane(trial).Parameters, rows, path);
                for (var epoch = 0; epoch < 3; epoch++)
                {
                    solo.TrainEpoch(epoch);
                }

                solo.Evaluate();
                hash.AppendData(MemoryMarshal.AsBytes(solo.Lane.Parameters));
                foreach (var measurement in solo.NewMeasurements())
                {
                    hash.AppendData(Encoding.UTF8.GetBytes(CanonicalJson.Write<object>(measurement)));
                }
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>One line for each path that this process runs: its name and its digest.</summary>
    public static string[] OfSupportedPaths() => [.. KernelPaths.Supported().Select(path => $"{KernelPaths.Name(path)} {Of(path)}")];
}
