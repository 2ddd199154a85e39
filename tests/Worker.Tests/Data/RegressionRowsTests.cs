using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Labels that are numbers, from the text to the tiles.</summary>
public sealed class RegressionRowsTests : IDisposable
{
    private static readonly DataSpec Numbers = DataFolder.Spec with { Task = LearningTask.Regression };

    private readonly DataFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_Numbers_StandardizesThemByTheTrainingRows(bool streamed)
    {
        var labels = Enumerable.Range(0, 500).Select(row => 1000 + (row * 0.1) + (row % 7 * -3.5)).ToArray();
        var (rows, profile) = await OpenAsync(labels, streamed ? 0 : 1L << 30);

        var train = Read(rows.OpenEpoch(0, 0), rows);
        var validation = Read(rows.OpenValidation(), rows);

        var trainLabels = train.Select(row => labels[row.Id]).ToArray();
        var mean = trainLabels.Average();
        var deviation = Math.Sqrt(trainLabels.Average(label => (label - mean) * (label - mean)));
        Assert.Equal(labels.Length, train.Count + validation.Count);
        Assert.Equal(0, rows.ClassCount);
        Assert.Equal(deviation, rows.TargetDeviation, 1e-9);
        Assert.All([.. train, .. validation], row => Assert.Equal((labels[row.Id] - mean) / deviation, row.Target, 1e-6));
        Assert.Equal((mean, validation.Average(row => labels[row.Id])), (profile.Target!.Train.Mean, profile.Target.Validation.Mean), new Close(1e-9));
        Assert.Equal(trainLabels.Order().ElementAt((trainLabels.Length - 1) / 2), profile.Target.Median, 0.1);
    }

    [Fact]
    public async Task Profile_ExactDoubles_SamplesTheirBits()
    {
        // Neither in float32 nor in an integer.
        double[] labels = [.. Enumerable.Range(0, 50).Select(row => (1.0 / 3) + (row * Math.PI)), 1e300 / 1e290, -5e-324];
        var profile = await _folder.ProfileAsync(Text(labels), Numbers);

        var sampled = profile.Target!.Sample.Select(label => label.Value).ToHashSet();

        Assert.Equal(profile.Blocks.Sum(block => block.TrainRows), profile.Target.Train.Count);
        Assert.Subset(labels.ToHashSet(), sampled);
        Assert.Equal(profile.Target.Train.Count, sampled.Count);
        Assert.Empty(profile.Labels);
    }

    [Fact]
    public async Task Profile_ManyLabels_SamplesThemUniformly()
    {
        var profile = await _folder.ProfileAsync(Text([.. Enumerable.Range(0, 20_000).Select(row => (double)row)]), Numbers);

        var sample = profile.Target!.Sample;

        Assert.Equal(TargetMerger.MaxSample, sample.Count);
        Assert.Equal(sample.OrderBy(label => label.Priority), sample);

        // A uniform mean of 1,024 out of 0…19,999 has a standard error of 180.
        Assert.InRange(sample.Average(label => label.Value), 9460, 10_540);
    }

    [Fact]
    public async Task Profile_SameFileAsClassesAndAsNumbers_HasTwoCacheFiles()
    {
        var text = Text([1, 2, 3, 4, 5, 6, 7, 8]);

        var classes = await _folder.ProfileAsync(text);
        var numbers = await _folder.ProfileAsync(text, Numbers);

        Assert.Equal((8, true), (classes.Labels.Count, classes.Target is null));
        Assert.Equal((0, false), (numbers.Labels.Count, numbers.Target is null));
    }

    [Theory]
    [InlineData("label,x\n1,1\nhigh,2\n", "a.csv, line 3, column 'label': \"high\" is not a finite number, which the model is to predict; correct it, or use a model of classes such as softmax.")]
    [InlineData("label,x\nnan,1\n", "a.csv, line 2, column 'label': \"nan\" is not a finite number, which the model is to predict; correct it, or use a model of classes such as softmax.")]
    [InlineData("label,x\n1e999,1\n", "a.csv, line 2, column 'label': \"1e999\" is not a finite number, which the model is to predict; correct it, or use a model of classes such as softmax.")]
    [InlineData("label,x\n,1\n", "a.csv, line 2, column 'label': the label is missing; every row needs one, so fill it in or remove the row.")]
    public async Task Profile_LabelThatIsNoNumber_SaysWhatAndWhere(string text, string message) =>
        Assert.Equal(message, (await _folder.FailAsync(text, Numbers)).Message);

    private async Task<(ITrainingRows Rows, DataProfile Profile)> OpenAsync(double[] labels, long residentLimit)
    {
        var shard = await _folder.ProfileAsync(Text(labels), Numbers);
        var profile = ProfileMerger.Merge([shard], Numbers);
        var table = new ShardTable([await _folder.FindAsync("a.csv")]);
        return (await _folder.Rows(residentLimit).OpenAsync(Numbers, table, profile, 1, _folder.Counters, None), profile);
    }

    private static string Text(double[] labels) =>
        "id,label\n" + string.Concat(labels.Select((label, row) => string.Create(CultureInfo.InvariantCulture, $"{row},{label:R}\n")));

    private static List<(int Id, float Target)> Read(IRowReader reader, ITrainingRows rows)
    {
        var read = new List<(int, float)>();
        var tile = new RowTile(64, rows.FeatureCount);
        using (reader)
        {
            while (reader.Read(tile))
            {
                read.AddRange(Enumerable.Range(0, tile.Count).Select(row => ((int)tile.Features[row], tile.Targets[row])));
            }
        }

        return read;
    }

    private sealed class Close(double tolerance) : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) <= tolerance && Math.Abs(x.Item2 - y.Item2) <= tolerance;

        public int GetHashCode((double, double) obj) => 0;
    }
}
