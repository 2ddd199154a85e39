namespace CloudSweep.Core.Tests.Spec;

/// <summary>What a user reads who made mistakes in <c>data</c>.</summary>
public sealed class BadDataSectionTests
{
    [Theory]
    [InlineData("""{ "train": "", "label": "y" }""", "data.train: Expected text such as data/part-*.csv, found nothing.")]
    [InlineData("""{ "train": " ", "label": "y" }""", "data.train: ' ' names no file; give a path or pattern such as data/part-*.csv.")]
    [InlineData("""{ "train": "gs://bucket/a.csv", "label": "y" }""", "data.train: 'gs://bucket/a.csv' is not a local path; only local files are supported in this version. Copy the data to this machine and give a path.")]
    [InlineData("""{ "train": "a.parquet", "label": "y" }""", "data.train: The format can't be told from 'a.parquet'; use names that end in .csv or .csv.gz, or set data.format: csv.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "format": "parquet" }""", "data.format: Expected auto or csv, found the text \"parquet\".")]
    [InlineData("""{ "train": "a.csv", "label": null }""", "data.label: Expected text such as label, found nothing.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "delimiter": ";;" }""", "data.delimiter: Expected one character such as \";\" or \"\\t\", found the text \";;\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "delimiter": "§" }""", "data.delimiter: '§' is no usable separator; use one ASCII character such as \",\", \";\" or \"\\t\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "delimiter": "\u0001" }""", "data.delimiter: The control character U+0001 is no usable separator; use one ASCII character such as \",\", \";\" or \"\\t\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "header": "false" }""", "data.header: Expected true or false, found the text \"false\". Remove the quotes.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "scale": "minmax" }""", "data.scale: Expected standard or max or none, found the text \"minmax\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "clip": 0 }""", "data.clip: 0 is out of range; use a number above 0. The default is 5.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "validation": { "fraction": 1 } }""", "data.validation.fraction: 1 is out of range; use a share between 0 and 1, such as 0.2.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "validation": 0.2 }""", "data.validation: Expected keys with values (fraction, seed, uri), found '0.2'.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "exclude": "id" } }""", "data.features.exclude: Expected a list of names such as [id, date], found the text \"id\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "exclude": ["id", null] } }""", "data.features.exclude[1]: Expected a name, found nothing.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "include": ["x", "x"] } }""", "data.features.include: 'x' is listed twice; remove one.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "missing": "NA" }""", "data.missing: Expected a list of cells such as [\"\", NA, \"-999\"], found the text \"NA\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "missing": ["", null] }""", "data.missing[1]: Expected a cell's text, found nothing. Write an empty cell as \"\" and the word null as \"null\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "missing": ["NA", "NA"] }""", "data.missing: \"NA\" is listed twice; remove one.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "test": "" }""", "data.test: Expected text such as data/test-*.csv, found nothing.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "test": "gs://b/t.csv" }""", "data.test: 'gs://b/t.csv' is not a local path; only local files are supported in this version. Copy the data to this machine and give a path.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "validation": { "uri": "v.tsv" } }""", "data.validation.uri: The format can't be told from 'v.tsv'; use names that end in .csv or .csv.gz, or set data.format: csv.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "validation": { "uri": "v.csv", "fraction": 0.1 } }""", "data.validation.fraction: With validation files of their own no training rows are held out. Remove fraction, or remove uri.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": [] } }""", "data.features.columns: Expected columns with settings such as { zip: { kind: hashed, buckets: 1000 } }, found a list.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "zip": "hash" } } }""", "data.features.columns.zip: Expected numeric, category or hashed, found the text \"hash\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "zip": { "buckets": 9 } } } }""", "data.features.columns.zip.kind: Expected numeric, category or hashed, found no kind.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "zip": { "kind": "hashed" } } } }""", "data.features.columns.zip.buckets: Missing; it is required. Add for example buckets: 1000.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "zip": { "kind": "hashed", "buckets": 1 } } } }""", "data.features.columns.zip.buckets: 1 is out of range; use 2 to 1000000.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "zip": { "kind": "category", "indicator": true } } } }""", "data.features.columns.zip.indicator: 'indicator' is not a key here. Known keys here: kind, missing, missingCells.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "zip": { "kind": "category", "missing": "mean" } } } }""", "data.features.columns.zip.missing: Expected zeros or category (one of its own), found the text \"mean\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "age": { "kind": "numeric", "missing": "median" } } } }""", "data.features.columns.age.missing: Expected mean or a number to fill missing cells with, found the text \"median\".")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "age": { "kind": "numeric", "missing": 1e999 } } } }""", "data.features.columns.age.missing: Infinity is not finite; use mean or a finite number.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "age": "numeric", "age": "category" } } }""", "data.features.columns.age: 'age' is given twice; a column may be given once. Remove one.")]
    public void Read_BadData_GivesFieldValueRuleAndWayOut(string data, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("data", data))));

    [Theory]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "include": ["x"], "exclude": ["x"] } }""", "data.features: 'x' is both included and excluded; remove it from one of the lists.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "exclude": ["y"] } }""", "data.features.exclude: 'y' is the label and never a feature; remove it from the list.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "header": false }""", "data.label: 'y' is a name, but data.header is false, so columns have no names. Give the column's position: 0 is the first, -1 the last.")]
    [InlineData("""{ "train": "a.csv", "label": 0, "header": false, "features": { "exclude": ["id"] } }""", "data.features: 'id' is a name, but data.header is false, so columns are named by their positions. Write c0 for the first, c1 for the second, or add a header line to the shards.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "columns": { "y": "numeric" } } }""", "data.features.columns.y: 'y' is the label and never a feature; remove its settings.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "exclude": ["x"], "columns": { "x": "numeric" } } }""", "data.features.columns.x: 'x' has settings but is no feature by data.features.include and exclude; remove the settings or make it one.")]
    [InlineData("""{ "train": "a.csv", "label": "y", "features": { "include": ["z"], "columns": { "x": "numeric" } } }""", "data.features.columns.x: 'x' has settings but is no feature by data.features.include and exclude; remove the settings or make it one.")]
    [InlineData("""{ "train": "a.csv", "label": 0, "header": false, "features": { "columns": { "c01": "numeric" } } }""", "data.features: 'c01' is a name, but data.header is false, so columns are named by their positions. Write c0 for the first, c1 for the second, or add a header line to the shards.")]
    public void Read_ContradictorySettings_NamesBothSides(string data, string problem) =>
        Assert.Equal([problem], SweepText.ProblemsOf(SweepText.With(("data", data))));
}
