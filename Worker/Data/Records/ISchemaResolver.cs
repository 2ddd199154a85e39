namespace CloudSweep.Worker.Data.Records;

/// <summary>Finds the columns that are used among those of a shard.</summary>
internal interface ISchemaResolver
{
    /// <summary>The columns, or null and the reasons in <paramref name="mistakes"/>.</summary>
    RecordSchema? Resolve(IReadOnlyList<string> names, RecordPlace place, DataMistakes mistakes);
}
