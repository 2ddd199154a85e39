using System.Reflection;

namespace CloudSweep.Cli.Report;

/// <summary>Texts that a report carries inside: our style and script, and plotly.js with its licence as the Plotly.NET package ships them.</summary>
internal static class ReportAssets
{
    public static string Style => Read(typeof(ReportAssets).Assembly, "report.css");

    public static string Script => Read(typeof(ReportAssets).Assembly, "report.js");

    public static string Plotly => Read(PlotlyAssembly, "plotly-2.28.0.min.js");

    public static string PlotlyLicence => Read(PlotlyAssembly, "plotly-2.28.0.min.js.LICENSE.txt");

    private static Assembly PlotlyAssembly => typeof(global::Plotly.NET.GenericChart).Assembly;

    private static string Read(Assembly assembly, string name)
    {
        var resource = assembly.GetManifestResourceNames().Single(candidate => candidate.EndsWith($".{name}", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
