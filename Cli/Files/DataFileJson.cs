using System.Text.Json.Nodes;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Files;

/// <summary>The <c>data</c> of a sweep file.</summary>
internal static class DataFileJson
{
    public static JsonObject Of(DataSpec data)
    {
        var json = new JsonObject
        {
            ["train"] = data.Train,
            ["format"] = Name(data.Format),
            ["label"] = data.Label is ColumnSelector.ByIndex(var index) ? index : ((ColumnSelector.ByName)data.Label).Name,
            ["delimiter"] = data.Delimiter == '\t' ? "\\t" : data.Delimiter.ToString(),
            ["features"] = Features(data),
            ["scale"] = Name(data.Scale),
            ["clip"] = data.Clip,
            ["missing"] = Texts(data.Missing),
            ["missingLabels"] = Texts(data.MissingLabels),
            ["validation"] = data.ValidationFiles is { } files
                ? new JsonObject { ["uri"] = files }
                : new JsonObject { ["fraction"] = data.Validation.Fraction, ["seed"] = data.Validation.Seed },
        };
        if (data.Header is { } header)
        {
            json["header"] = header;
        }

        if (data.Test is { } test)
        {
            json["test"] = test;
        }

        if (data.BadRows.Rule == BadRowRule.Skip)
        {
            json["onBadRow"] = "skip";
            json["maxBadRows"] = data.BadRows.MaxFraction;
        }

        return json;
    }

    private static JsonObject Features(DataSpec data)
    {
        var json = new JsonObject
        {
            ["include"] = Texts(data.Include),
            ["exclude"] = Texts(data.Exclude),
            ["columns"] = new JsonObject(data.Columns.Select(column => KeyValuePair.Create(column.Name, (JsonNode?)Column(column)))),
        };
        if (data.FeatureCount is { } count)
        {
            json["count"] = count;
        }

        return json;
    }

    private static JsonObject Column(ColumnSettings column) => column switch
    {
        ColumnSettings.Numeric numeric => new JsonObject
        {
            ["kind"] = "numeric",
            ["missing"] = numeric.Fill is { } fill ? fill : "mean",
            ["missingCells"] = Texts(numeric.MissingCells),
            ["indicator"] = numeric.HasIndicator,
        },
        ColumnSettings.Category category => new JsonObject { ["kind"] = "category", ["missing"] = Missing(category.IsMissingACategory), ["missingCells"] = Texts(category.MissingCells) },
        ColumnSettings.Hashed hashed => new JsonObject { ["kind"] = "hashed", ["buckets"] = hashed.Buckets, ["missing"] = Missing(hashed.IsMissingACategory), ["missingCells"] = Texts(hashed.MissingCells) },
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    private static string Missing(bool isCategory) => isCategory ? "category" : "zeros";

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonNode Name<T>(T value) => JsonNode.Parse(CanonicalJson.Write(value))!;
}
