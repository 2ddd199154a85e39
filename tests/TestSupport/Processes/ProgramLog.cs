namespace CloudSweep.TestSupport.Processes;

/// <summary>What a program says on its two streams, kept from its first line on.</summary>
internal sealed class ProgramLog
{
    // Only a program that goes on without the line costs it: one that ends is noticed at once.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly LineLog _output = new();
    private readonly LineLog _errors = new();

    public ProgramLog(StreamReader output, StreamReader errors) => End = Task.WhenAll(_output.ReadAsync(output), _errors.ReadAsync(errors));

    /// <summary>Both streams have ended.</summary>
    public Task End { get; }

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    /// <inheritdoc cref="IProgram.WaitForLineAsync"/>
    public async Task<string> WaitForLineAsync(string text)
    {
        var (output, errors) = (_output.FindAsync(text), _errors.FindAsync(text));

        // Its end is that of its output: a line may be read after the program is gone.
        Task waiting = Task.WhenAny(output, errors, End);
        await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return !output.IsCompleted && !errors.IsCompleted
            ? throw new InvalidOperationException($"The program {(waiting.IsCompleted ? "ended" : $"went on for {Patience.TotalSeconds} s")} without saying '{text}':\n{this}")
            : await await Task.WhenAny(output, errors);
    }

    public override string ToString() => $"{_output}{_errors}";
}
