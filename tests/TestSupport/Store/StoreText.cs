using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.TestSupport.Store;

/// <summary>Records as text, since records with lists don't compare by value. Doubles of measurements appear as their bits.</summary>
public static class StoreText
{
    public static string Of<T>(T record)
        where T : class => record switch
        {
            Measurement.Evaluation evaluation => string.Create(
                CultureInfo.InvariantCulture,
                $"evaluation {evaluation.Trial} {evaluation.Try} {evaluation.Step} {evaluation.Rows} {string.Join(' ', evaluation.Metrics.Select(Of))}"),
            Measurement.Rung rung => string.Create(
                CultureInfo.InvariantCulture,
                $"rung {rung.Trial} {rung.Try} {rung.Step} {rung.Rows} {string.Join(' ', rung.Metrics.Select(Of))}"),
            Measurement.Test test => string.Create(
                CultureInfo.InvariantCulture,
                $"test {test.Trial} {test.Try} {test.Step} {test.Rows} {string.Join(' ', test.Metrics.Select(Of))}"),
            Measurement.LossWindow window => string.Create(
                CultureInfo.InvariantCulture,
                $"loss {window.Trial} {window.Try} {window.Step} {window.Steps} {Bits(window.Mean)} {Bits(window.StandardDeviation)}"),
            _ => CanonicalJson.Write(record),
        };

    public static IReadOnlyList<string> OfEach<T>(IEnumerable<T> records)
        where T : class => [.. records.Select(record => Of(record))];

    /// <summary>Everything that a store answers, one line per record, by every method that lists or counts.</summary>
    public static IReadOnlyList<string> OfAll(IStoreView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var lines = new List<string>();
        foreach (var sweep in view.ListSweeps())
        {
            Add("sweep", [Of(sweep)]);
            Add("by id", [view.FindSweep(sweep.Id)?.Id.Value ?? "-"]);
            Add("by request", [view.FindSweepByRequest(sweep.RequestId)?.Id.Value ?? "-"]);
            Add("newest", [view.FindNewestSweep(sweep.Identity)?.Id.Value ?? "-"]);
            Add("trial", OfEach(view.ListTrials(sweep.Id)));
            Add("trials", view.CountTrials(sweep.Id).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
            Add("job", OfEach(view.ListJobs(sweep.Id)));
            Add("jobs", Enum.GetValues<JobState>().Select(state => $"{state} {view.CountJobs(sweep.Id, state)}"));
            Add("queued", view.ListQueuedJobs(sweep.Id, StoreSamples.Start, 2).Select(job => job.Id.ToString()));
            Add("measurement", OfEach(view.ListMeasurements(sweep.Id)));
            Add("decision", OfEach(view.ListRungDecisions(sweep.Id)));
            Add("profile", view.ListShardProfiles(sweep.Id).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));
            Add("profiles", [view.CountShardProfiles(sweep.Id).ToString(CultureInfo.InvariantCulture)]);
            Add("attempt", OfEach(view.ListAttempts(sweep.Id)));
            Add("remark", view.ListRemarks(sweep.Id));
            foreach (var job in view.ListJobs(sweep.Id).Select(job => job.Id))
            {
                Add($"trials of {job}", view.ListTrialsOfJob(job).Select(trial => trial.Number.ToString(CultureInfo.InvariantCulture)));
                Add($"checkpoint of {job}", OfEach(view.ListCheckpoints(job)));
            }
        }

        Add("open", view.ListOpenSweeps().Select(sweep => sweep.Id.Value));
        Add("work", OfEach(view.ListOpenWork(StoreSamples.Start)));
        Add("leased", view.ListLeasedJobs().Select(job => job.Id.ToString()));
        Add("obsolete", view.ListObsoleteCheckpoints(2).Select(checkpoint => checkpoint.Name));
        return lines;

        void Add(string what, IEnumerable<string> values) => lines.AddRange(values.Select(value => $"{what}: {value}"));
    }

    private static string Of(Metric metric) => $"{metric.Name}={Bits(metric.Value)}~{Bits(metric.StandardError)}";

    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture);
}
