using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Core.Planning.Packing;

/// <summary>Sizes of a data set that decide what training on it takes.</summary>
/// <param name="Features">Model features, ≥ 1.</param>
/// <param name="Classes">Classes; 0 when the label is a number.</param>
/// <param name="TrainRows">Training rows of an epoch.</param>
/// <param name="ValidationRows">Rows of an evaluation.</param>
public sealed record DataShape(int Features, int Classes, long TrainRows, long ValidationRows)
{
    /// <summary>The sizes that the profile pass found.</summary>
    public static DataShape Of(DataSpec data, DataProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new DataShape((int)Math.Max(1, FeatureLayout.Of(data, profile).Count), profile.Classes.Count, profile.TrainRows(), profile.ValidationRows());
    }
}
