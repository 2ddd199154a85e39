using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Reads <c>data.features.columns</c>: settings by the names of columns.</summary>
internal static class ColumnsReader
{
    private const string Kinds = "Expected numeric, category or hashed";

    /// <summary>In ordinal order of the names, so that the order in the file makes no other sweep.</summary>
    public static IReadOnlyList<ColumnSettings> Read(SpecNode? node, string field, Findings findings)
    {
        switch (node)
        {
            case null:
                return [];
            case SpecNode.Map map:
                foreach (var repeated in map.Entries.GroupBy(entry => entry.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
                {
                    findings.Add($"{field}.{repeated.Key}", $"'{repeated.Key}' is given twice; a column may be given once. Remove one.", repeated.Last().KeyLine);
                }

                return [.. map.Entries.DistinctBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => ReadOne(entry, $"{field}.{entry.Key}", findings)).OfType<ColumnSettings>()
                    .OrderBy(column => column.Name, StringComparer.Ordinal)];
            default:
                findings.Add(field, $"Expected columns with settings such as {{ zip: {{ kind: hashed, buckets: 1000 }} }}, found {MapReader.Describe(node)}.", node.Line);
                return [];
        }
    }

    private static ColumnSettings? ReadOne(SpecEntry entry, string field, Findings findings)
    {
        findings.Locate(field, entry.KeyLine);
        var map = entry.Value as SpecNode.Map;
        var kindNode = map is null ? entry.Value : map.Entries.FirstOrDefault(setting => setting.Key == "kind")?.Value;
        string[]? keys = (kindNode as SpecNode.Scalar)?.Text switch
        {
            "numeric" => ["kind", "missing", "missingCells", "indicator"],
            "category" => ["kind", "missing", "missingCells"],
            "hashed" => ["kind", "buckets", "missing", "missingCells"],
            _ => null,
        };
        if (keys is null)
        {
            findings.Add(map is null ? field : $"{field}.kind", $"{Kinds}, found {(kindNode is null ? "no kind" : MapReader.Describe(kindNode))}.", entry.Value.Line);
            return null;
        }

        var reader = new MapReader(map ?? new SpecNode.Map([], entry.Value.Line), field, findings, keys);
        var cells = reader.Cells("missingCells", []);
        switch (keys)
        {
            case [.., "indicator"]:
                return new ColumnSettings.Numeric(entry.Key, cells, Fill(reader), reader.Flag("indicator") ?? false);
            case ["kind", "buckets", ..]:
                reader.Require("buckets", "buckets: 1000");
                return new ColumnSettings.Hashed(entry.Key, cells, reader.Integer("buckets", 1000), IsMissingACategory(reader));
            default:
                return new ColumnSettings.Category(entry.Key, cells, IsMissingACategory(reader));
        }
    }

    private static double? Fill(MapReader reader) => reader.Find("missing") switch
    {
        null or SpecNode.Scalar { Text: "mean" } => null,
        SpecNode.Scalar { IsQuoted: false } scalar when Parse.Number(scalar.Text) is { } number => number,
        var node => reader.Wrong<double?>("missing", node, "Expected mean or a number to fill missing cells with", null),
    };

    private static bool IsMissingACategory(MapReader reader) => reader.Find("missing") switch
    {
        null or SpecNode.Scalar { Text: "zeros" } => false,
        SpecNode.Scalar { Text: "category" } => true,
        var node => reader.Wrong("missing", node, "Expected zeros or category (one of its own)", false),
    };
}
