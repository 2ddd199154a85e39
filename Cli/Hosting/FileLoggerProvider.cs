using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CloudSweep.Cli.Hosting;

/// <summary>Appends log lines to one file, so that the terminal stays for the answer. A line that can't be written is lost: a log must not stop the work.</summary>
internal sealed class FileLoggerProvider : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;

    public FileLoggerProvider(string path, TimeProvider time)
    {
        try
        {
            // Without a buffer a line is in the file when it is written, and nothing is left to fail at the end.
            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnusableStateException(Path.GetDirectoryName(Path.GetDirectoryName(path))!, $"The log can't be written: {exception.Message}", exception);
        }

        _time = time;
    }

    public ILogger CreateLogger(string categoryName) => new FileLogger(this, categoryName);

    public void Dispose() => _file.Dispose();

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{_time.GetUtcNow():O} {level} {category}: {message}{Environment.NewLine}");
        var bytes = Encoding.UTF8.GetBytes(exception is null ? line : $"{line}{exception}{Environment.NewLine}");
        try
        {
            lock (_lock)
            {
                _file.Write(bytes);
            }
        }
        catch (IOException)
        {
            // The disk is full, most likely; whoever writes what matters says so.
        }
    }

    private sealed class FileLogger(FileLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(logLevel, category, formatter(state, exception), exception);
            }
        }
    }
}
