using System.Globalization;
using CloudSweep.Cli.Files;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Report;

/// <summary>All that it takes to get these numbers again.</summary>
internal static class ReproductionSection
{
    public static string Of(SweepResult result)
    {
        var (html, name) = (new HtmlText(), result.Progress.Name);
        html.Line($"<section><h2>Get these numbers again</h2>");
        html.Line($"<p class=\"words\">With CloudSweep {ProductVersion.Text} and the data below, save the sweep file at the end of this page as {name}.json where its paths lead to the data. This trains all trials again:</p><pre class=\"words\" tabindex=\"0\" aria-label=\"Command that runs the sweep\">cloudsweep run {name}.json</pre>");
        if ((result.Answer.Recommended?.Trial ?? result.Answer.Best) is { } winner)
        {
            html.Line($"<p>This exports the first steps of {(result.Answer.Recommended is null ? "the best" : "the recommended")} trial, as examples/torch/reproduce.py repeats them in PyTorch:</p><pre class=\"words\" tabindex=\"0\" aria-label=\"Command that exports a trial\">cloudsweep run {name}.json --export-trial {winner.Number} trial-{winner.Number}\npython3 examples/torch/reproduce.py trial-{winner.Number}</pre>");
        }

        html.Line($"<p class=\"words\">Numerics: {(result.Description.Numerics.Length == 0 ? "none yet, for nothing was trained" : result.Description.Numerics)}. A machine with the same numerics gives the same bits, whatever its cores, lanes and threads{Kernel(result)}.</p>");
        Shards(html, result);
        if (result.Description.Remarks.Count > 0)
        {
            html.Line($"<h3>Remarks</h3><ul class=\"words\">");
            foreach (var remark in result.Description.Remarks)
            {
                html.Line($"<li>{remark}</li>");
            }

            html.Line($"</ul>");
        }

        html.Line($"<h3>Sweep file</h3><details><summary>{name}.json, with every default</summary><pre class=\"words\" id=\"sweep-file\" tabindex=\"0\" aria-label=\"Sweep file\">{SweepFileJson.Write(result.Spec)}</pre></details></section>");
        return html.ToString();
    }

    private static string Kernel(SweepResult result) =>
        result.Description.Numerics.Split('/') is [_, var kernel] && result.Spec.Execution.Kernel == "auto" ? $"; on another, execution.kernel: {kernel} in the sweep file asks for them" : "";

    private static void Shards(HtmlText html, SweepResult result)
    {
        if (result.Description.Shards is not { Count: > 0 } shards)
        {
            return;
        }

        html.Line($"<h3>Data</h3><div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Shards of the data\"><table class=\"words\"><thead><tr><th>shard</th><th class=\"number\">bytes</th><th>version</th><th>CRC-32C</th></tr></thead><tbody>");
        foreach (var shard in shards.First)
        {
            html.Line($"<tr><td>{shard.Key}</td><td class=\"number\">{shard.SizeBytes.ToString("N0", CultureInfo.InvariantCulture)}</td><td>{shard.Version}</td><td>{(shard.Crc32C.Length == 0 ? "not told by its store" : shard.Crc32C)}</td></tr>");
        }

        html.Line($"</tbody></table></div>");
        if (shards.Count > shards.First.Count)
        {
            html.Line($"<p class=\"words\">And {shards.Count - shards.First.Count} more.</p>");
        }
    }
}
