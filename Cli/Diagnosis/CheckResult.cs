namespace CloudSweep.Cli.Diagnosis;

/// <summary>What a check found.</summary>
internal abstract record CheckResult
{
    private CheckResult()
    {
    }

    /// <param name="Detail">What it is, for people.</param>
    internal sealed record Ok(string Detail) : CheckResult;

    /// <param name="Problem">What is wrong.</param>
    /// <param name="Mend">The command to run, or what to do.</param>
    internal sealed record Wrong(string Problem, string Mend) : CheckResult;

    /// <summary>It is not in use, so it can't be wrong.</summary>
    /// <param name="Detail">Which setting would put it to use.</param>
    internal sealed record NotUsed(string Detail) : CheckResult;
}
