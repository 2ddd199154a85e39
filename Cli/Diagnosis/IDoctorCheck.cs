using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>Looks at one thing that CloudSweep needs.</summary>
internal interface IDoctorCheck
{
    /// <summary>What it looks at, in a word or two: <c>topic</c>.</summary>
    string Name { get; }

    /// <summary>Changes nothing that stays.</summary>
    /// <exception cref="CloudSweepException">It can't be looked at; the message says why and what to do.</exception>
    Task<CheckResult> LookAsync(CancellationToken cancellationToken);

    /// <summary>Creates what is missing; false when it is not for a program to mend.</summary>
    /// <exception cref="CloudSweepException">It can't be created; the message says why and what to do.</exception>
    Task<bool> MendAsync(CancellationToken cancellationToken);
}
