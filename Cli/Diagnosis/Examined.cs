namespace CloudSweep.Cli.Diagnosis;

/// <summary>One line of the doctor's.</summary>
/// <param name="Name">Name of the check.</param>
/// <param name="Result">What it found last.</param>
/// <param name="IsMended">It was wrong, and something was created.</param>
internal sealed record Examined(string Name, CheckResult Result, bool IsMended);
