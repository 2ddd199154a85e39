using System.Globalization;
using CloudSweep.Cli.Output;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>A folder is there, can be written, and its disk has room.</summary>
/// <param name="name">What it is for.</param>
/// <param name="path">The folder.</param>
/// <param name="isMadeWhenNeeded">It may be absent: then the folder that it would be made in counts.</param>
internal sealed class FolderCheck(string name, string path, bool isMadeWhenNeeded) : IDoctorCheck
{
    private const long LeastFreeBytes = 1L << 30;

    private readonly string _path = Path.GetFullPath(path);

    public string Name => name;

    public Task<CheckResult> LookAsync(CancellationToken cancellationToken) => Task.FromResult(Look());

    public Task<bool> MendAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(_path))
        {
            return Task.FromResult(false);
        }

        Directory.CreateDirectory(_path);
        return Task.FromResult(true);
    }

    private CheckResult Look()
    {
        var isThere = Directory.Exists(_path);
        if (!isThere && !isMadeWhenNeeded)
        {
            return new CheckResult.Wrong($"{_path} does not exist.", $"mkdir -p '{_path}', or cloudsweep doctor --fix");
        }

        var folder = _path;
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder) ?? "/";
        }

        if (ProblemOf(folder) is { } problem)
        {
            return new CheckResult.Wrong($"{folder} can't be written: {problem}", $"Give this user the rights (chown or chmod '{folder}'), or choose another folder.");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        return free < LeastFreeBytes
            ? new CheckResult.Wrong($"{folder} has {ByteSize.Text(free)} left; less than {ByteSize.Text(LeastFreeBytes)} may end a sweep early.", "Delete what is not needed, or choose a folder on another disk.")
            : new CheckResult.Ok(string.Create(CultureInfo.InvariantCulture, $"{_path}{(isThere ? "" : " (made when needed)")}, {ByteSize.Text(free)} free"));
    }

    private static string? ProblemOf(string folder)
    {
        var probe = Path.Combine(folder, $".cloudsweep-doctor-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
