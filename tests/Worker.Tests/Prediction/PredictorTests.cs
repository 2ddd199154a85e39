using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Prediction;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Tests.Data;
using CloudSweep.Worker.Tests.Data.Formats;
using Parquet.Schema;

namespace CloudSweep.Worker.Tests.Prediction;

public sealed class PredictorTests : IDisposable
{
    private const string Header = "prediction,probability_no,\"probability_yes, sir\"\n";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_RowsWithoutLabels_WritesClassAndProbabilities()
    {
        var (csv, summary) = await PredictAsync("x,y\n3,1\n1,1\n100,-100\n");

        Assert.Equal(Header + "no,0.5,0.5\n\"yes, sir\",0.26894143,0.7310586\nno,0.9999546,4.539787E-05\n", csv);
        Assert.Equal((3L, 0L, 0), (summary.Rows, summary.LabelledRows, summary.Metrics.Count));
    }

    [Fact]
    public async Task Run_ColumnsInAnotherOrderAndOthers_FindsThemByName()
    {
        var (csv, _) = await PredictAsync("id,y,note,x\n7,1,\"a, b\",1\n");

        Assert.Equal(Header + "\"yes, sir\",0.26894143,0.7310586\n", csv);
    }

    [Fact]
    public async Task Run_RowsWithLabels_MeasuresThem()
    {
        var (_, summary) = await PredictAsync("x,y,label\n1,1,no\n1,1,\"yes, sir\"\n9,1,no\n1,1,\n");

        Assert.Equal((4L, 3L), (summary.Rows, summary.LabelledRows));
        Assert.Equal(2.0 / 3, summary.Metrics.Single(metric => metric.Name == MetricNames.ValidationAccuracy).Value, 1e-12);
    }

    [Fact]
    public async Task Run_IgnoringLabels_TakesAnyText()
    {
        var (_, summary) = await TinyModel.PredictAsync(_folder, TinyModel.Document, ignoresLabel: true, ("a.csv", "x,y,label\n1,1,whatever\n"));

        Assert.Equal((1L, 0L), (summary.Rows, summary.LabelledRows));
    }

    [Fact]
    public async Task Run_LabelByPositionThatIsAnInput_PredictsWithoutLabels()
    {
        var model = TinyModel.Document with { Text = TinyModel.Document.Text with { Label = new ColumnSelector.ByIndex(-1) } };

        var (_, unlabelled) = await TinyModel.PredictAsync(_folder, model, ignoresLabel: false, ("a.csv", "x,y\n1,1\n"));
        var (_, labelled) = await TinyModel.PredictAsync(_folder, model, ignoresLabel: false, ("a.csv", "x,y,what\n1,1,no\n"));

        Assert.Equal((0L, 1L), (unlabelled.LabelledRows, labelled.LabelledRows));
    }

    [Fact]
    public async Task Run_WithoutHeader_FindsColumnsByPosition()
    {
        var model = TinyModel.Document with
        {
            Text = new ModelText(new ColumnSelector.ByIndex(2), HasHeader: false, ';', []),
            Inputs = [new ModelInput.Number("c0", [], 1, 2, 5, 0, true, false), new ModelInput.Number("c1", [], 0, 1, 5, 0, true, false)],
        };

        var (csv, summary) = await TinyModel.PredictAsync(_folder, model, ignoresLabel: false, ("a.csv", "1;1;no\n"));

        Assert.Equal(Header + "\"yes, sir\",0.26894143,0.7310586\n", csv);
        Assert.Equal(1, summary.LabelledRows);
    }

    [Fact]
    public async Task Run_ManyRowsInTwoFiles_WritesARowForEachInOrder()
    {
        var rows = Enumerable.Range(0, 3001).Select(row => FormattableString.Invariant($"{row % 7},{row % 5}")).ToArray();

        var (csv, summary) = await TinyModel.PredictAsync(
            _folder, TinyModel.Document, ignoresLabel: false, ("a.csv", Text(rows[..2000])), ("b.csv", Text(rows[2000..])));

        Assert.Equal(3001, summary.Rows);
        Assert.Equal(
            rows.Select(row => row.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).Select(row => (row[0] - 1) / 2 >= row[1] ? "no" : "\"yes"),
            csv.Split('\n')[1..^1].Select(line => line.Split(',')[0]));

        string Text(IEnumerable<string> lines) => "x,y\n" + string.Join('\n', lines);
    }

    [Theory]
    [InlineData("x\n1\n", "a.csv, line 1: there is no column 'y', which the model needs; the nearest names are 'x'.")]
    [InlineData("x,y,y\n1,1,1\n", "a.csv, line 1: the column name 'y' occurs 2 times; the model needs one, so rename the others.")]
    [InlineData("x,y\n1,1\n1\n", "a.csv, line 3: the row has 1 cells but the first record has 2; all must have as many, so correct the row or the delimiter.")]
    [InlineData("x,y\n1,one\n", "a.csv, line 2, column 'y': \"one\" is not a number;")]
    [InlineData("x,y\n1,inf\n", "a.csv, line 2, column 'y': \"inf\" is not finite; the model can't take it, so correct it or remove the row.")]
    [InlineData("x,y\n1,\n", "a.csv, line 2, column 'y': the cell is empty; the model can't take it, so correct it or remove the row.")]
    [InlineData("x,y\n\n1,1\n", "a.csv, line 2: the line is empty; only the end of a file may have empty lines, so remove it.")]
    [InlineData("x,y\n", "a.csv: there is no row to predict; remove the file or leave it out of the pattern.")]
    [InlineData("", "a.csv: the file is empty;")]
    [InlineData("x,y,label\n1,1,maybe\n", "a.csv, line 2, column 'label': \"maybe\" is none of the model's 2 classes; correct it, or give --ignore-label")]
    [InlineData("x,y\n1,\"1\n", "a.csv, line 2: ")]
    public async Task Run_BadData_TellsWhereAndWhat(string text, string expected)
    {
        var exception = await Assert.ThrowsAsync<DataErrorException>(() => PredictAsync(text));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MistakesInSeveralFiles_TellsAllAtOnce()
    {
        var exception = await Assert.ThrowsAsync<DataErrorException>(() => TinyModel.PredictAsync(
            _folder, TinyModel.Document, ignoresLabel: false, ("a.csv", "x,y\na,1\n1,b\n"), ("b.csv", "x,y\n1,1\n"), ("c.csv", "x\n1\n")));

        Assert.Equal(["a.csv, line 2", "a.csv, line 3", "c.csv, line 1"], exception.Message.Split('\n').Select(line => line[..13]));
    }

    [Fact]
    public async Task Run_MissingAndUnknownCells_TakesThemAsTrainingDid()
    {
        var model = TinyModel.Document with
        {
            Model = new ModelSpec.Linear(),
            Classes = [],
            Target = new ModelTarget(0, 1),
            Text = TinyModel.Document.Text with { Missing = ["", "NA"] },
            Inputs =
            [
                new ModelInput.Number("x", ["-1"], 1, 2, 5, 3, true, true),
                new ModelInput.Category("city", ["?"], ["Bonn", "Köln"], true),
                new ModelInput.Hashed("zip", [], 1, true),
            ],
        };
        Tensor[] weights = [new("layers.0.weight", [1, 7], [1, 10, 100, 200, 400, 1000, 2000]), new("layers.0.bias", [1], [0])];

        var (csv, _) = await TinyModel.PredictAsync(_folder, model, weights, ("a.csv", "x,city,zip\n1,Atlantis,7\n-1.0,Paris,7\n1,Köln,\nNA,?,NA\n"));

        // 1 is scaled to 0; a missing x is filled to (3 - 1) / 2 and 10 more; a city that training did not know is nothing, a missing one 400.
        Assert.Equal("prediction\n1000\n1011\n2200\n2411\n", csv);
    }

    [Fact]
    public async Task Run_CategoryInAnUnknownNumberOfTexts_HasNoLimit()
    {
        var model = TinyModel.Document with { Inputs = [TinyModel.Document.Inputs[0], new ModelInput.Category("y", [], ["v7"], false)] };

        var (_, summary) = await TinyModel.PredictAsync(_folder, model, ignoresLabel: false, ("a.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 3000).Select(row => $"1,v{row}\n"))));

        Assert.Equal(3000, summary.Rows);
    }

    [Fact]
    public async Task Run_ParquetWithoutLabelAndWithAList_ReadsWhatTheModelKnows()
    {
        Field[] fields = [new DataField<double>("y"), new DataField<int[]>("list"), new DataField<double>("x")];
        _folder.Put("a.parquet", await TableFiles.ParquetAsync(fields, [0], async (group, _) =>
        {
            await group.PutAsync<double>(fields[0], 1);
            await group.PutListAsync(fields[1], (1, 0));
            await group.PutAsync<double>(fields[2], 1);
        }));
        var shards = await _folder.Source.FindAsync(Path.Combine(_folder.Data, "*.parquet"), CancellationToken.None);
        using var output = new MemoryStream();

        await new Predictor(TinyModel.Document, TinyModel.Weights).RunAsync(_folder.Source, shards, new PredictionSettings(false), output, CancellationToken.None);

        Assert.Equal(Header + "\"yes, sir\",0.26894143,0.7310586\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task Run_LogisticModel_GivesTheSecondClassTheProbability()
    {
        var model = TinyModel.Document with { Model = new ModelSpec.Logistic() };
        Tensor[] weights = [new("layers.0.weight", [1, 2], [-1, 1]), new("layers.0.bias", [1], [0])];

        var (csv, summary) = await TinyModel.PredictAsync(_folder, model, weights, ("a.csv", "x,y,label\n1,1,\"yes, sir\"\n3,1,no\n3,0,no\n"));

        Assert.Equal(Header + "\"yes, sir\",0.26894143,0.7310586\nno,0.5,0.5\nno,0.7310586,0.26894143\n", csv);
        Assert.Equal((1.0, 1.0), (summary.Metrics.Single(metric => metric.Name == MetricNames.ValidationAccuracy).Value, summary.Metrics.Single(metric => metric.Name == MetricNames.ValidationAuc).Value));
    }

    [Fact]
    public async Task Run_LinearModel_PredictsInTheLabelsUnit()
    {
        var model = TinyModel.Document with { Model = new ModelSpec.Linear(), Classes = [], Target = new ModelTarget(100, 10) };
        Tensor[] weights = [new("layers.0.weight", [1, 2], [1, 1]), new("layers.0.bias", [1], [0.5f])];

        var (csv, summary) = await TinyModel.PredictAsync(_folder, model, weights, ("a.csv", "x,y,label\n3,1,120\n1,0,110\n"));

        Assert.Equal("prediction\n125\n105\n", csv);
        Assert.Equal(5, summary.Metrics.Single(metric => metric.Name == MetricNames.ValidationRmse).Value, 1e-5);
        var exception = await Assert.ThrowsAsync<DataErrorException>(() => TinyModel.PredictAsync(_folder, model, weights, ("a.csv", "x,y,label\n3,1,many\n")));
        Assert.StartsWith("a.csv, line 2, column 'label': \"many\" is not a finite number; correct it, or give --ignore-label", exception.Message, StringComparison.Ordinal);
    }

    private Task<(string Csv, PredictionSummary Summary)> PredictAsync(string text) =>
        TinyModel.PredictAsync(_folder, TinyModel.Document, ignoresLabel: false, ("a.csv", text));
}
