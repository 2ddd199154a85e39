using CloudSweep.Core.Planning.Features;
using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Prediction;

/// <summary>Turns the records of one shard into rows as the model sees them, with the readers and the arithmetic of training.</summary>
internal sealed class InputReader
{
    private readonly RecordSchema _schema;
    private readonly InputJudge _judge;
    private readonly ColumnReader[] _readers;
    private readonly ColumnTransform[] _transforms;
    private readonly int[][] _mergedOfLocal;
    private readonly double[][] _raw;
    private readonly int[] _rows;

    /// <param name="model">What it sees.</param>
    /// <param name="schema">Positions of the inputs; −1 = not in the file, which stands for 0.</param>
    /// <param name="mistakes">Gets cells that break rules.</param>
    /// <param name="capacity">Most rows of a tile.</param>
    public InputReader(ModelDocument model, RecordSchema schema, DataMistakes mistakes, int capacity)
    {
        _schema = schema;
        _judge = new InputJudge(mistakes);
        _readers = [.. model.Inputs.Select(input => ReaderOf(input, new MissingMarks(model.Text.Missing.Concat(input.MissingCells))))];
        _mergedOfLocal = [.. model.Inputs.Select(input => input is ModelInput.Category category ? Enumerable.Range(0, category.Categories.Count + 1).ToArray() : [])];
        _raw = [.. model.Inputs.Select(_ => new double[capacity])];
        _rows = [.. Enumerable.Range(0, capacity)];
        _transforms = new ColumnTransform[model.Inputs.Count];
        var first = 0;
        foreach (var (column, input) in model.Inputs.Index())
        {
            _transforms[column] = TransformOf(input, column, first);
            first += input.Width;
        }
    }

    /// <summary>Keeps one row; cells that break rules are mistakes.</summary>
    public void Read(IRecordReader record, int row)
    {
        for (var column = 0; column < _readers.Length; column++)
        {
            var cell = _schema.FeatureColumns[column];
            _judge.Begin(record, cell);
            _raw[column][row] = cell < 0 ? 0 : _readers[column].Read(record, cell, _judge);
        }
    }

    /// <summary>Fills the tile with its number of kept rows.</summary>
    public void Fill(RowTile tile, int features)
    {
        for (var column = 0; column < _transforms.Length; column++)
        {
            _transforms[column].Write(_raw[column], _rows.AsSpan(0, tile.Count), _mergedOfLocal[column], tile.Features, features);
        }
    }

    private static ColumnReader ReaderOf(ModelInput input, MissingMarks marks) => input switch
    {
        ModelInput.Number => new NumberColumn(input.Column, marks, isDeclared: true),
        ModelInput.Category category => new KnownCategoryColumn(input.Column, marks, category.Categories),
        ModelInput.Hashed hashed => new HashedColumn(input.Column, marks, hashed.Buckets),
        _ => throw new InvalidOperationException($"Unknown input {input}."),
    };

    private static ColumnTransform TransformOf(ModelInput input, int column, int first) => input switch
    {
        ModelInput.Number number => new NumberTransform(
            new FeatureGroup.Numbers(column, number.Column, default, number.Fill, number.HasValue, number.HasIndicator),
            first,
            new NumberScaling(number.Offset, number.Divisor, number.Clip ?? double.PositiveInfinity)),
        ModelInput.Category category => new CategoryTransform(
            new FeatureGroup.OneHot(column, category.Column, category.Categories, [.. Enumerable.Range(0, category.Categories.Count), -1], category.HasMissing), first),
        ModelInput.Hashed hashed => new BucketTransform(new FeatureGroup.Buckets(column, hashed.Column, hashed.Buckets, hashed.HasMissing), first),
        _ => throw new InvalidOperationException($"Unknown input {input}."),
    };
}
