using System.Text;

namespace CloudSweep.Cli.Tests.Report;

/// <summary>CSV as anyone would read it (RFC 4180).</summary>
internal sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    public static CsvTable Parse(string text)
    {
        var records = Records(text).ToArray();
        return new CsvTable(records[0], [.. records[1..].Select(record => records[0].Zip(record).ToDictionary(pair => pair.First, pair => pair.Second))]);
    }

    private static IEnumerable<List<string>> Records(string text)
    {
        var (record, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '"')
            {
                // A doubled quote inside a quoted cell is one.
                if (isQuoted && index + 1 < text.Length && text[index + 1] == '"')
                {
                    cell.Append('"');
                    index++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }
            }
            else if (!isQuoted && character is ',' or '\n')
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (character == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
            else
            {
                cell.Append(character);
            }
        }
    }
}
