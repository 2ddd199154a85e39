using CloudSweep.Core.Domain;
using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Reproduction;

/// <summary>The folder of an exported trial: <c>trial.json</c>, <c>weights.safetensors</c> and <c>batches.safetensors</c>. It appears whole or not at all.</summary>
public static class TrialFolder
{
    private const string DocumentName = "trial.json";
    private const string WeightsName = "weights.safetensors";
    private const string BatchesName = "batches.safetensors";

    private static readonly HashSet<string> Names = [DocumentName, WeightsName, BatchesName];

    /// <summary>Why a trial can't be written to <paramref name="path"/>, and the way out; null when it can. An earlier export is replaced.</summary>
    public static string? Problem(string path)
    {
        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(whole))
        {
            return $"'{path}' is a file; name a folder.";
        }

        if (Path.GetDirectoryName(whole) is null)
        {
            return $"'{path}' is the root of the file system; name a folder in it.";
        }

        return Directory.Exists(whole) && !IsEmptyOrOurs(whole)
            ? $"'{path}' has other files in it; name an empty or new folder, or one of an earlier export."
            : null;
    }

    internal static void Write(string path, RecordedTrial trial)
    {
        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var temporary = Beside(whole, "new");
        Directory.CreateDirectory(temporary);
        try
        {
            File.WriteAllText(Path.Combine(temporary, DocumentName), CanonicalJson.Write(trial.Document) + "\n");
            WriteTensors(Path.Combine(temporary, WeightsName), trial.Weights);
            WriteTensors(Path.Combine(temporary, BatchesName), [trial.Features, trial.Labels]);
            Replace(whole, temporary);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static bool IsEmptyOrOurs(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .All(entry => Names.Contains(Path.GetFileName(entry)) && File.Exists(entry));

    private static void Replace(string whole, string temporary)
    {
        if (!Directory.Exists(whole))
        {
            Directory.Move(temporary, whole);
            return;
        }

        // What came into the folder since it was looked at stays.
        if (Problem(whole) is { } problem)
        {
            throw new IOException(problem);
        }

        var old = Beside(whole, "old");
        Directory.Move(whole, old);
        Directory.Move(temporary, whole);
        Directory.Delete(old, recursive: true);
    }

    // Beside it, so that both are on one file system.
    private static string Beside(string whole, string what) => $"{whole}.{Environment.ProcessId}.{what}.tmp";

    private static void WriteTensors(string path, IReadOnlyList<Tensor> tensors)
    {
        using var file = File.Create(path);
        SafetensorsWriter.Write(file, new TensorFile(new Dictionary<string, string>(), tensors));
    }
}
