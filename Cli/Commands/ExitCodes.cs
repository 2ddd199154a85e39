namespace CloudSweep.Cli.Commands;

/// <summary>What a command tells the shell.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It did not work out.</summary>
    public const int Failed = 1;

    /// <summary>The arguments or the sweep file are wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Finished, but some trials failed.</summary>
    public const int FinishedWithFailures = 3;

    /// <summary>Stopped by Ctrl-C or SIGTERM; the same command continues.</summary>
    public const int Interrupted = 130;
}
