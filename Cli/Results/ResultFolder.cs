using CloudSweep.Cli.Report;

namespace CloudSweep.Cli.Results;

/// <summary>The files that a sweep leaves. Each appears whole or not at all.</summary>
internal static class ResultFolder
{
    public static string ReportIn(string folder) => Path.Combine(folder, "report.html");

    /// <summary>The winner's model, where the sweep has one.</summary>
    public static string ModelIn(string folder) => Path.Combine(folder, "model.safetensors");

    public static void Write(string folder, SweepResult result)
    {
        Directory.CreateDirectory(folder);
        Replace(folder, "results.csv", TrialsCsv.Write(result));
        Replace(folder, "results.json", ResultsJson.Write(result));
        Replace(folder, "measurements.csv", MeasurementsCsv.Write(result));
        if (result.Description.BadRows is { Count: > 0 } bad)
        {
            Replace(folder, "bad-rows.csv", BadRowsCsv.Write(bad));
        }

        Replace(folder, "report.html", HtmlReport.Write(result));
    }

    /// <summary>Names of what <see cref="Write"/> writes.</summary>
    public static IReadOnlyList<string> FilesOf(SweepResult result) =>
        ["results.csv", "results.json", "measurements.csv", .. result.Description.BadRows is { Count: > 0 } ? ["bad-rows.csv"] : Array.Empty<string>(), "report.html"];

    /// <summary>The report alone, under a name of its own.</summary>
    public static Task WriteReportAsync(string folder, string name, SweepResult result)
    {
        Directory.CreateDirectory(folder);
        Replace(folder, name, HtmlReport.Write(result));
        return Task.CompletedTask;
    }

    private static void Replace(string folder, string name, string content)
    {
        var path = Path.Combine(folder, name);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
