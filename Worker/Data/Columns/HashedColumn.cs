using System.IO.Hashing;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>Texts of any number, each in the bucket of its hash: XxHash3 (64 bits, seed 0) of its UTF-8 bytes, modulo the buckets. Part of the numerics.</summary>
internal sealed class HashedColumn(string name, MissingMarks marks, int buckets) : ColumnReader(name, marks)
{
    private long _values;

    public static int BucketOf(ReadOnlySpan<byte> text, int buckets) => (int)(XxHash3.HashToUInt64(text) % (ulong)buckets);

    public override double Read(IRecordReader record, int cell, ICellJudge judge)
    {
        var text = record.Text(cell);
        if (Marks.Has(text))
        {
            return double.NaN;
        }

        if (text.IsEmpty)
        {
            judge.Tell(record.Place, Name, "is empty", "the cell is empty and data.missing does not list \"\"; fill it in, list it or exclude the column");
            return double.NaN;
        }

        return BucketOf(text, buckets);
    }

    public override ColumnProfile ToProfile(ColumnStatistics statistics) => new ColumnProfile.Hashed(buckets, _values, Missing);

    protected override void CountValue(int value, bool isHeldOut) => _values += isHeldOut ? 0 : 1;
}
