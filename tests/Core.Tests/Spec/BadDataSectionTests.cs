namespace CloudSweep.Core.Tests.Spec;

/// <summary>What a user reads who made mistakes in <c>data</c>.</summary>
public sealed class BadDataSectionTests
{
    [Theory]
    [InlineData("""{ "train": "", "label": "y" }""", "data.train: Expected text such as data/part-*.csv, found nothing.")]
    [InlineData("""{ "train": " ", "label": "y" }""", "data.train: ' ' names no file; give a path or pattern such as data/part-*.csv.")]
    [InlineData("""{ "train": "gs://bucket/a.csv", "label": "y" }""", "data.train: 'gs://bucket/a.csv' is not a local path; only local files are supported in this version. Copy the data to this machine and give a path.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "format": "orc" }""", "data.format: Expected auto or csv or parquet or libsvm, found the text \"orc\".")]
    [InlineData("""{ "train": "a.csv", "format": "auto" }""", "data.label: Missing; it is required. Add for example label: label (a column's name) or label: 0 (its position).")]
    [InlineData("""{ "train": "a.svm", "features": { "count": 0 } }""", "data.features.count: 0 is out of range; use 1 to 100000, the highest index of the LIBSVM data.")]
    [InlineData("""{ "train": "a.svm", "features": { "count": 100001 } }""", "data.features.count: 100001 is out of range; use 1 to 100000, the highest index of the LIBSVM data.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "onBadRow": "ignore" }""", "data.onBadRow: Expected fail or skip, found the text \"ignore\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "onBadRow": "skip", "maxBadRows": 1 }""", "data.maxBadRows: 1 is out of range; use a share of the rows from 0 to below 1, such as 0.001.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "maxBadRows": 0.01 }""", "data.maxBadRows: Means something only with onBadRow: skip; set that or remove this, found '0.01'.")]
    [InlineData("""{ "train": "a.csv", "label": null }""", "data.label: Expected text such as label, found nothing.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "delimiter": ";;" }""", "data.delimiter: Expected one character such as \";\" or \"\\t\", found the text \";;\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "delimiter": "§" }""", "data.delimiter: '§' is no usable separator; use one ASCII character such as \",\", \";\" or \"\\t\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "delimiter": "\u0001" }""", "data.delimiter: The control character U+0001 is no usable separator; use one ASCII character such as \",\", \";\" or \"\\t\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "header": "false" }""", "data.header: Expected true or false, found the text \"false\". Remove the quotes.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "scale": "minmax" }""", "data.scale: Expected standard or max or none, found the text \"minmax\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "clip": 0 }""", "data.clip: 0 is out of range; use a number above 0. The default is 5.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "validation": { "fraction": 1 } }""", "data.validation.fraction: 1 is out of range; use a share between 0 and 1, such as 0.2.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "validation": 0.2 }""", "data.validation: Expected keys with values (fraction, seed), found '0.2'.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "exclude": "id" } }""", "data.features.exclude: Expected a list of names such as [id, date], found the text \"id\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "exclude": ["id", null] } }""", "data.features.exclude[1]: Expected a name, found nothing.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "include": ["x", "x"] } }""", "data.features.include: 'x' is listed twice; remove one.")]
    public void Read_BadData_GivesFieldValueRuleAndWayOut(string data, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("data", data))));

    [Theory]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "include": ["x"], "exclude": ["x"] } }""", "data.features: 'x' is both included and excluded; remove it from one of the lists.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "exclude": ["y"] } }""", "data.features.exclude: 'y' is the label and never a feature; remove it from the list.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "header": false }""", "data.label: 'y' is a name, but data.header is false, so columns have no names. Give the column's position: 0 is the first, -1 the last.")]
    [InlineData("""{ "train": "a.csv", "label": 0, "header": false, "features": { "exclude": ["id"] } }""", "data.features: 'id' is a name, but data.header is false, so columns have no names. Add a header line to the shards, or remove the lists.")]
    public void Read_ContradictorySettings_NamesBothSides(string data, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("data", data))));
}
