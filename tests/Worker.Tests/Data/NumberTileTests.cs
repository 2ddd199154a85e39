using CloudSweep.Core.Planning.Features;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Rows;
using CsCheck;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Columns that are decoded in tiles have the bits of one number at a time, whatever they are stored as.</summary>
public sealed class NumberTileTests
{
    private static readonly Gen<double> AnyWhole = Gen.Int.Select(value => (double)value);
    private static readonly Gen<double> AnyByte = Gen.Int[0, 255].Select(value => (double)value);
    private static readonly Gen<double> AnySingle = Gen.Frequency((8, Gen.Single[-10, 10].Select(value => (double)value)), (1, Gen.Const(double.NaN)), (1, Gen.Const(-0.0)), (1, Gen.Const(1e-45).Select(value => (double)(float)value)));
    private static readonly Gen<double> AnyDouble = Gen.Frequency((8, Gen.Double[-10, 10]), (1, Gen.Const(double.NaN)), (1, Gen.Const(double.MaxValue)), (1, Gen.Const(-5e-324)));

    private static readonly Gen<NumberScaling> AnyScaling = Gen.Select(
        Gen.OneOf(Gen.Const(0.0), Gen.Double[-300, 300]), Gen.OneOf(Gen.Const(1.0), Gen.Const(1e-12), Gen.Double[0.01, 300]), Gen.OneOf(Gen.Const(double.PositiveInfinity), Gen.Double[0.1, 6]), (offset, divisor, clip) => new NumberScaling(offset, divisor, clip));

    [Fact]
    public void Write_AnyColumns_HasTheBitsOfOneNumberAtATime() => Gen.Select(Gen.Int[1, NumberTile.Width], Gen.Int[1, 200]).SelectMany((width, rows) => Gen.Select(
        Gen.OneOf(AnyByte, AnyWhole, AnySingle, AnyDouble).Array[rows].Array[width],
        Gen.OneOf(AnyByte.Array[rows], AnyWhole.Array[rows], AnySingle.Array[rows], AnyDouble.Array[rows]).Array[width],
        AnyScaling.Array[width],
        Gen.Double[-3, 3],
        Gen.Shuffle(Enumerable.Range(-3, rows + 3).ToArray()))).Sample((mixed, pure, scalings, fill, places) =>
        {
            // Columns of one kind are stored small, mixed ones in full.
            double[][] columns = [.. pure.Select((column, index) => index % 3 == 0 ? mixed[index] : column)];
            var (width, rows) = (columns.Length, columns[0].Length);
            using var block = BlockOf(columns);
            NumberTransform[] transforms = [.. scalings.Select((scaling, column) => new NumberTransform(new FeatureGroup.Numbers(column, "", default, fill, HasValue: true, HasIndicator: false), 2 + column, scaling))];
            var stride = width + 5;
            var expected = new float[rows * stride];
            var actual = new float[rows * stride];
            var tile = new NumberTile(transforms);
            var scaled = new float[NumberTile.Width * NumberTile.Rows];

            for (var first = 0; first < rows; first += NumberTile.Rows)
            {
                tile.Write(block, first, places.AsSpan(first, Math.Min(NumberTile.Rows, rows - first)), scaled, actual, stride);
            }

            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < width && places[row] >= 0; column++)
                {
                    var raw = columns[column][row];
                    expected[(places[row] * stride) + 2 + column] = scalings[column].Apply(double.IsNaN(raw) ? fill : raw);
                }
            }

            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), actual.Select(BitConverter.SingleToInt32Bits));
        });

    private static RawBlock BlockOf(double[][] columns)
    {
        var rows = columns[0].Length;
        ColumnType[] types = [.. columns.Select(column => ColumnCodec.Smallest(column))];
        var length = BlockFormat.Aligned(4 * rows) + types.Sum(type => BlockFormat.Aligned(rows * ColumnCodec.SizeOf(type)));
        var block = new RawBlock();
        var bytes = block.Prepare(length);
        var offset = BlockFormat.Aligned(4 * rows);
        foreach (var (type, column) in types.Zip(columns))
        {
            var size = rows * ColumnCodec.SizeOf(type);
            ColumnCodec.Encode(type, column, bytes.Slice(offset, size));
            offset += BlockFormat.Aligned(size);
        }

        block.Accept(new BlockEntry(0, length, 0, rows, 0, [.. types.Select(type => (byte)type)]));
        return block;
    }
}
