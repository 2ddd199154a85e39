using System.Security.Cryptography;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Security;

/// <summary>What text files that belong together say. When they change they are read again; while they can't be used, what they said before stays.</summary>
internal sealed partial class ReloadedFiles<T>(IReadOnlyList<string> paths, Func<IReadOnlyList<string>, T> parse, ILogger logger)
    where T : class
{
    private IReadOnlyList<string> _seen = [];
    private T? _current;
    private string? _told;

    /// <summary>Null before the first files that can be used.</summary>
    public T? Current => Volatile.Read(ref _current);

    /// <summary>Reads the files. Called by one thread at a time.</summary>
    /// <returns>There was something new, and it is in use.</returns>
    public bool Refresh()
    {
        try
        {
            // Compared by content: a file's time may stay the same when it is replaced, and these are small.
            string[] texts = [.. paths.Select(File.ReadAllText)];
            if (texts.SequenceEqual(_seen, StringComparer.Ordinal))
            {
                return false;
            }

            _seen = texts;
            Volatile.Write(ref _current, parse(texts));
            _told = null;
            return true;
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            if (_told != exception.Message)
            {
                _told = exception.Message;
                LogUnusable(string.Join(", ", paths), exception.Message);
            }

            return false;
        }
    }

    public static bool IsUnusable(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException or InvalidSettingsException;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Files} can't be used, what was read before stays: {Reason}")]
    private partial void LogUnusable(string files, string reason);
}
