using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Report;

internal static class HtmlReport
{
    public static string Write(SweepResult result) => result.Spec.Name;
}
