using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class DataReader
{
    private static readonly string[] Keys =
        ["train", "format", "label", "header", "delimiter", "features", "scale", "clip", "missing", "validation", "test", "onBadRow", "maxBadRows"];

    public static DataSpec Read(MapReader file, Findings findings)
    {
        const string Example = "data: { train: data/part-*.csv, label: label }";
        var map = new MapReader(file.Require("data", Example) ?? new SpecNode.Map([], 0), "data", findings, Keys);
        if (file.Find("data") is SpecNode.Map)
        {
            map.Require("train", "train: data/part-*.csv");
            if (!IsLibsvm(map))
            {
                map.Require("label", "label: label (a column's name) or label: 0 (its position)");
            }
        }

        var features = new MapReader(map.Find("features") ?? new SpecNode.Map([], 0), "data.features", findings, ["include", "exclude", "columns", "count"]);
        var validation = new MapReader(map.Find("validation") ?? new SpecNode.Map([], 0), "data.validation", findings, ["fraction", "seed", "uri"]);
        RefuseSplitBesideFiles(validation, findings);
        return new DataSpec(
            map.Text("train", "data/part-*.csv"),
            map.Choice("format", DataFormat.Auto, DataFormat.Auto, DataFormat.Csv, DataFormat.Parquet, DataFormat.Libsvm),
            Label(map),
            map.Flag("header"),
            Delimiter(map),
            features.Texts("include"),
            features.Texts("exclude"),
            map.Choice("scale", FeatureScale.Standard, FeatureScale.Standard, FeatureScale.Max, FeatureScale.None),
            map.Number("clip", 5),
            new ValidationSplit(validation.Number("fraction", 0.2), validation.Integer64("seed", 0)))
        {
            FeatureCount = features.Has("count") ? features.Integer("count", 1) : null,
            BadRows = BadRows(map),
            ValidationFiles = validation.Has("uri") ? validation.Text("uri", "data/validation-*.csv") : null,
            Test = map.Has("test") ? map.Text("test", "data/test-*.csv") : null,
            Missing = map.Cells("missing", MissingCells.Default),
            Columns = ColumnsReader.Read(features.Find("columns"), features.Field("columns"), findings),
        };
    }

    private static void RefuseSplitBesideFiles(MapReader validation, Findings findings)
    {
        foreach (var key in validation.Has("uri") ? new[] { "fraction", "seed" } : [])
        {
            if (validation.Find(key) is { } node)
            {
                findings.Add(validation.Field(key), $"With validation files of their own no training rows are held out. Remove {key}, or remove uri.", node.Line);
            }
        }
    }

    private static BadRowPolicy BadRows(MapReader map)
    {
        var rule = map.Choice("onBadRow", BadRowRule.Fail, BadRowRule.Fail, BadRowRule.Skip);
        if (rule == BadRowRule.Fail && map.Find("maxBadRows") is { } limit && map.Find("onBadRow") is null or SpecNode.Scalar { Text: "fail" })
        {
            return map.Wrong("maxBadRows", limit, "Means something only with onBadRow: skip; set that or remove this", BadRowPolicy.Fail);
        }

        return new BadRowPolicy(rule, map.Number("maxBadRows", BadRowPolicy.DefaultMaxFraction));
    }

    /// <summary>LIBSVM has its label in one place, so that it need not be said.</summary>
    private static bool IsLibsvm(MapReader map)
    {
        var format = map.Find("format") is SpecNode.Scalar scalar ? scalar.Text : "auto";
        return format == "libsvm" || (format == "auto" && map.Find("train") is SpecNode.Scalar train && ShardName.FormatOf(train.Text) == DataFormat.Libsvm);
    }

    private static ColumnSelector Label(MapReader map) => map.Find("label") switch
    {
        SpecNode.Scalar { IsQuoted: false } scalar when Parse.Integer(scalar.Text) is { } index && index is >= int.MinValue and <= int.MaxValue =>
            new ColumnSelector.ByIndex((int)index),
        null when IsLibsvm(map) => new ColumnSelector.ByIndex(0),
        _ => new ColumnSelector.ByName(map.Text("label", "label")),
    };

    private static char Delimiter(MapReader map)
    {
        const string Expectation = "Expected one character such as \";\" or \"\\t\"";
        return map.Find("delimiter") switch
        {
            null => ',',
            SpecNode.Scalar { Text: ['\\', 't'] } => '\t',
            SpecNode.Scalar { Text: [var character] } => character,
            var node => map.Wrong("delimiter", node, Expectation, ','),
        };
    }
}
