using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Libsvm;

/// <summary>Settings that mean nothing for LIBSVM. They are told here, since it may take a look into the shard to know its format.</summary>
internal static class LibsvmRules
{
    /// <exception cref="DataErrorException">Settings and format contradict each other; all are listed.</exception>
    public static void Check(DataSpec data, DataMistakes mistakes)
    {
        if (data.Label is not ColumnSelector.ByIndex(0))
        {
            mistakes.Add(RecordPlace.WholeShard, null, "in LIBSVM the label is the first of each line; set data.label: 0, or leave it out where the names end in .svm or .libsvm");
        }

        if (data.FeatureCount is null && data.Include.Concat(data.Exclude).Any())
        {
            mistakes.Add(RecordPlace.WholeShard, null, "to include or exclude features (c1, c2, …) of LIBSVM data, say how many there are; set data.features.count");
        }

        if (data.Header == true)
        {
            mistakes.Add(RecordPlace.WholeShard, null, "LIBSVM has no header; remove data.header");
        }

        mistakes.ThrowIfAny();
    }
}
