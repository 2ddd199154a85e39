namespace CloudSweep.Cli.Report;

/// <summary>Text that is HTML already.</summary>
internal readonly record struct Markup(string Html);
