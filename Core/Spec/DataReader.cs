using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class DataReader
{
    private static readonly string[] Keys = ["train", "format", "label", "header", "delimiter", "features", "scale", "clip", "validation"];

    public static DataSpec Read(MapReader file, Findings findings)
    {
        const string Example = "data: { train: data/part-*.csv, label: label }";
        var map = new MapReader(file.Require("data", Example) ?? new SpecNode.Map([], 0), "data", findings, Keys);
        if (file.Find("data") is SpecNode.Map)
        {
            map.Require("train", "train: data/part-*.csv");
            map.Require("label", "label: label (a column's name) or label: 0 (its position)");
        }

        var features = new MapReader(map.Find("features") ?? new SpecNode.Map([], 0), "data.features", findings, ["include", "exclude"]);
        var validation = new MapReader(map.Find("validation") ?? new SpecNode.Map([], 0), "data.validation", findings, ["fraction", "seed"]);
        return new DataSpec(
            map.Text("train", "data/part-*.csv"),
            map.Choice("format", DataFormat.Auto, DataFormat.Auto, DataFormat.Csv),
            Label(map),
            map.Flag("header"),
            Delimiter(map),
            features.Texts("include"),
            features.Texts("exclude"),
            map.Choice("scale", FeatureScale.Standard, FeatureScale.Standard, FeatureScale.Max, FeatureScale.None),
            map.Number("clip", 5),
            new ValidationSplit(validation.Number("fraction", 0.2), validation.Integer64("seed", 0)));
    }

    private static ColumnSelector Label(MapReader map) => map.Find("label") switch
    {
        SpecNode.Scalar { IsQuoted: false } scalar when Parse.Integer(scalar.Text) is { } index && index is >= int.MinValue and <= int.MaxValue =>
            new ColumnSelector.ByIndex((int)index),
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
