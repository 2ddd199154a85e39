using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Plain numbers whose features lie beside each other: they are scaled column by column and written row by row, a tile of rows at a time.</summary>
/// <param name="columns">1 to <see cref="Width"/> columns with one feature each, in the order of their features.</param>
internal sealed class NumberTile(IReadOnlyList<NumberTransform> columns)
{
    /// <summary>Most columns.</summary>
    public const int Width = 16;

    /// <summary>Most rows that are scaled at once.</summary>
    public const int Rows = 128;

    private readonly NumberTransform[] _columns = [.. columns];

    public ReadOnlySpan<NumberTransform> Columns => _columns;

    /// <summary>Position of the last of its columns among the profile's.</summary>
    public int LastColumn => _columns[^1].Column;

    /// <param name="block">Has all columns.</param>
    /// <param name="firstRow">First of the rows, a multiple of <see cref="Rows"/>.</param>
    /// <param name="places">For each row its row of <paramref name="features"/>; negative = none.</param>
    /// <param name="scaled">Buffer of <see cref="Width"/> × <see cref="Rows"/> values.</param>
    /// <param name="features">Row-major; a row has <paramref name="stride"/> values.</param>
    public void Write(RawBlock block, int firstRow, ReadOnlySpan<int> places, Span<float> scaled, Span<float> features, int stride)
    {
        for (var index = 0; index < _columns.Length; index++)
        {
            var column = _columns[index];
            NumberKernel.Scale(
                block.TypeOf(column.Column), block.BytesFrom(column.Column, firstRow), column.Scaling, column.Group.Fill, scaled.Slice(index * Rows, (places.Length + 7) / 8 * 8));
        }

        NumberTransposition.Write(scaled, _columns.Length, places, features, stride, _columns[0].FirstFeature);
    }
}
