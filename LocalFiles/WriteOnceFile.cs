using System.Runtime.InteropServices;

namespace CloudSweep.LocalFiles;

/// <summary>Gives a finished file its lasting name, once: of many that try the same name one succeeds, and nobody ever sees half a file there.</summary>
internal static partial class WriteOnceFile
{
    private const int FileExists = 17;

    /// <summary>The file is then found under <paramref name="path"/>; under <paramref name="temporary"/> it may still be. False where the name is taken.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static bool TryPublish(string temporary, string path)
    {
        // File.Move looks first and renames then, and a rename replaces; link(2) does both in one step.
        if (!OperatingSystem.IsWindows())
        {
            if (Link(temporary, path) == 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() == FileExists)
            {
                return false;
            }
        }

        // Windows moves without replacing. A file system without hard links can only look and rename:
        // names of checkpoints hold the fencing token, so two writers of one name are one Worker's mistake there.
        try
        {
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string created);
}
