using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace CloudSweep.LocalFiles;

/// <summary>Version of a file: its length in bytes and the time of its last write in ticks (100 ns).</summary>
public static class FileVersion
{
    /// <summary>Of the file as it is now, links followed; null when there is none.</summary>
    public static string? Of(string path) => Of(new FileInfo(path));

    /// <summary>Of the file as <paramref name="file"/> finds it at its first question; null when there is none.</summary>
    public static string? Of(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Exists ? Of(file.Length, file.LastWriteTimeUtc) : null;
    }

    /// <summary>Of an open file, whatever its name stands for by now.</summary>
    public static string Of(SafeFileHandle file) => Of(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    private static string Of(long length, DateTime lastWrite) => string.Create(CultureInfo.InvariantCulture, $"{length}-{lastWrite.Ticks}");
}
