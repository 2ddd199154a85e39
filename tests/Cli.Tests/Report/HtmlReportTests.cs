using CloudSweep.Cli.Report;
using CloudSweep.Cli.Tests.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Cli.Tests.Report;

public sealed class HtmlReportTests
{
    private const string Hostile = "</script><script>alert(1)</script>";

    [Fact]
    public void Write_TextsThatLookLikeHtml_AreEncodedEverywhere()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1, 1);
        result.Description.Remarks.Add(Hostile);
        result.Description.Numerics = Hostile;
        result.Description.Shards = new DataShards { Count = 1, TextBytes = 1, First = { new DataShard { Key = Hostile, Version = Hostile, Crc32C = Hostile } } };
        result.Description.Trials[1].State = TrialState.Failed;
        result.Description.Trials[1].Reason = Hostile;
        result.Progress.Reason = Hostile;
        result.Answer.Recommended.Reason = Hostile;
        result.Answer.Verdicts[0].Evidence = Hostile;

        var html = HtmlReport.Write(result with { Spec = result.Spec with { Data = result.Spec.Data with { Train = Hostile } } });

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Equal(10, html.Split("&lt;/script&gt;&lt;script&gt;alert(1)").Length - 1);
    }

    [Fact]
    public void Write_NothingMeasuredYet_HasTheStateAndTheSweepFile()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1);
        var described = new DescribeSweepResponse { Progress = new SweepProgress { Name = "some", State = Protos.V1.SweepState.Preparing, Trials = new TrialCounts() }, Answer = new Answer { Advice = "The data is not known yet.", Baseline = double.NaN } };

        var html = HtmlReport.Write(result with { Description = described });

        Assert.Contains("Take <strong>nothing yet</strong>", html, StringComparison.Ordinal);
        Assert.Contains("Preparing", html, StringComparison.Ordinal);
        Assert.Contains("id=\"sweep-file\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ManyCombinations_ChartsTheBestOnesAndSaysSo()
    {
        var result = SomeResult.Of(new OptimizerSettings.Sgd(), "val_loss", 0.1);
        foreach (var decay in Enumerable.Range(1, 40))
        {
            var verdict = result.Answer.Verdicts[0].Clone();
            verdict.Parameters.OptimizerJson = CanonicalJson.Write<OptimizerSettings>(new OptimizerSettings.Sgd(decay / 100.0));
            (verdict.Mean, verdict.Trials[0]) = (1 + decay, 1 + decay);
            result.Answer.Verdicts.Add(verdict);
            var trial = result.Description.Trials[0].Clone();
            (trial.Number, trial.Parameters) = (1 + decay, verdict.Parameters);
            result.Description.Trials.Add(trial);
        }

        var html = HtmlReport.Write(result);

        Assert.Contains("value=\"41\">41</data> combinations; those <data data-figure=\"combinations.drawn\" value=\"30\">", html, StringComparison.Ordinal);
        Assert.Contains("data-chart=\"scores-1\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-chart=\"scores-31\"", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Rates of sgd(weightDecay=0.4)\"", html, StringComparison.Ordinal);
    }
}
