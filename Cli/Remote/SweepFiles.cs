using CloudSweep.Cli.Results;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>Writes a sweep's report, or all files that `run` leaves, where people want them: here or in a bucket.</summary>
internal sealed class SweepFiles(Sweeps.SweepsClient sweeps, OutputFolder output)
{
    private const string ReportName = "report.html";

    /// <summary>All files.</summary>
    /// <param name="location">A folder, or gs://bucket/prefix.</param>
    public async Task<WrittenFiles> ExportAsync(string sweep, string location, CancellationToken cancellationToken)
    {
        var result = await SweepResult.ReadAsync(sweeps, sweep, cancellationToken);
        string? model = null;
        string[] names = [];
        await output.WriteAsync(
            location,
            async folder =>
            {
                ResultFolder.Write(folder, result);
                model = await ModelDownload.WriteAsync(sweeps, result, folder, cancellationToken);
                names = [.. ResultFolder.FilesOf(result), .. model is null ? Array.Empty<string>() : [Path.GetFileName(model)]];
            },
            cancellationToken);
        return new WrittenFiles(result.Progress, [.. names.Select(name => In(location, name))], In(location, ReportName), model is null ? null : In(location, Path.GetFileName(model)));
    }

    /// <summary>The report.</summary>
    /// <param name="location">A file, a folder (there already, or ending in '/'), or either in a bucket.</param>
    public async Task<WrittenFiles> ReportAsync(string sweep, string location, CancellationToken cancellationToken)
    {
        var result = await SweepResult.ReadAsync(sweeps, sweep, cancellationToken);
        var isFolder = location.EndsWith('/') || (ObjectLocation.IsCloudStorage(location) ? !Path.HasExtension(location) : Directory.Exists(location));
        var path = isFolder ? In(location, ReportName) : location;
        var cut = path.LastIndexOf('/');
        var (parent, name) = cut < 0 ? (".", path) : (cut == 0 ? "/" : path[..cut], path[(cut + 1)..]);
        await output.WriteAsync(parent, folder => ResultFolder.WriteReportAsync(folder, name, result), cancellationToken);
        var written = ObjectLocation.IsCloudStorage(path) ? path : Path.GetFullPath(path);
        return new WrittenFiles(result.Progress, [written], written, Model: null);
    }

    private static string In(string location, string name) =>
        ObjectLocation.IsCloudStorage(location) ? $"{location.TrimEnd('/')}/{name}" : Path.Combine(Path.GetFullPath(location), name);
}
