using CloudSweep.Core.Domain;
using CloudSweep.LocalFiles;

namespace CloudSweep.Worker.Data.Shards;

/// <summary>A file that must stay the version it was.</summary>
/// <param name="Path">The file, links resolved.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Version">The version it was.</param>
internal sealed record PinnedFile(string Path, string Name, string Version)
{
    /// <exception cref="DataChangedException">The file is another version or gone.</exception>
    public void Verify()
    {
        if (FileVersion.Of(Path) != Version)
        {
            throw new DataChangedException($"{Name} changed since the sweep was made; the sweep needs the file it was made with, so put it back or start a new sweep.");
        }
    }

    public DataErrorException Broken(IOException exception) => new($"{Name} can't be read to its end; check the disk.", exception);
}
