using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Keeps a state folder to one process. The operating system lets go of it when the process dies.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    /// <exception cref="StoreUnavailableException">Another process has the folder, or it can't be written.</exception>
    public StoreLock(string directory)
    {
        var path = Path.Combine(directory, "cloudsweep.lock");
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The state folder {directory} is in use by another CloudSweep process, or can't be written. Wait for that process, stop it, or give another folder (--state, for a Coordinator Storage:Directory).", exception);
        }

        _file.SetLength(0);
        _file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();
}
