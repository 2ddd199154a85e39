using System.Text;

namespace CloudSweep.TestSupport.Processes;

/// <summary>Keeps the lines of a stream and tells when one of interest comes.</summary>
internal sealed class LineLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Text, TaskCompletionSource<string> Found)> _wanted = [];

    public async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
                foreach (var (_, found) in _wanted.Where(wanted => line.Contains(wanted.Text, StringComparison.Ordinal)))
                {
                    found.TrySetResult(line);
                }
            }
        }
    }

    /// <summary>Completes with the first line that contains <paramref name="text"/>.</summary>
    public Task<string> FindAsync(string text)
    {
        lock (_lock)
        {
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_lines.Find(line => line.Contains(text, StringComparison.Ordinal)) is { } said)
            {
                found.SetResult(said);
            }
            else
            {
                _wanted.Add((text, found));
            }

            return found.Task;
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _lines.Aggregate(new StringBuilder(), (text, line) => text.AppendLine(line)).ToString();
        }
    }
}
