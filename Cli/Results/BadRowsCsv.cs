using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary><c>bad-rows.csv</c>: where the rows are that were left out. The first ones, when there are many.</summary>
internal static class BadRowsCsv
{
    public static string Write(BadRows rows)
    {
        var csv = new CsvText().Add("shard", "unit", "number", "column", "rule");
        foreach (var row in rows.First)
        {
            csv.Add(row.ShardKey, row.Unit, Invariant.Text(row.Number), row.Column, row.Rule);
        }

        return csv.ToString();
    }
}
