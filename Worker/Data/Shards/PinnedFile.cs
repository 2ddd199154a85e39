using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>A file that must stay the version it was. Version = length and time of the last write.</summary>
/// <param name="Path">The file, links resolved.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Version">The version it was.</param>
internal sealed record PinnedFile(string Path, string Name, string Version)
{
    /// <summary>Version of the file as it is now; null when it is gone.</summary>
    public static string? VersionOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length}-{file.LastWriteTimeUtc.Ticks}") : null;
    }

    /// <exception cref="DataChangedException">The file is another version or gone.</exception>
    public void Verify()
    {
        if (VersionOf(Path) is not { } found || found != Version)
        {
            throw new DataChangedException($"{Name} changed since the sweep was made; the sweep needs the file it was made with, so put it back or start a new sweep.");
        }
    }

    public DataErrorException Broken(IOException exception) => new($"{Name} can't be read to its end; check the disk.", exception);
}
