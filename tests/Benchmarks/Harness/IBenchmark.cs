namespace CloudSweep.Benchmarks.Harness;

/// <summary>Measures one thing in some cases.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>One line that says what is measured.</summary>
    string Description { get; }

    /// <summary>Gives each case once it is measured.</summary>
    IAsyncEnumerable<CaseResult> RunAsync(CancellationToken cancellationToken);
}
