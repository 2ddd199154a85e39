using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Execution.Checkpoints;

/// <summary>Gives a finished file its lasting name, once: of many that try the same name one succeeds, and nobody ever sees half a file there.</summary>
internal static partial class WriteOnceFile
{
    private const int FileExists = 17;

    /// <summary>The file is then found under <paramref name="path"/>; under <paramref name="temporary"/> it may still be.</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public static void Publish(string temporary, string path)
    {
        // File.Move looks first and renames then, and a rename replaces; link(2) does both in one step.
        if (OperatingSystem.IsWindows() || Link(temporary, path) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (!OperatingSystem.IsWindows() && error == FileExists)
            {
                throw new IOException($"{path} exists already.");
            }

            // Windows moves without replacing. A file system without hard links can only look and rename:
            // names hold the fencing token, so two writers of one name are one Worker's mistake there.
            File.Move(temporary, path, overwrite: false);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string created);
}
