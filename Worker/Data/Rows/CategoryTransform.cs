using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>One feature per category: 1 where the cell is it. A category that no training row has is all zeros, and so is a missing cell that is no category.</summary>
internal sealed class CategoryTransform(FeatureGroup.OneHot group, int firstFeature) : ColumnTransform(group.Column, firstFeature)
{
    private readonly int[] _featureOfCategory = [.. group.FeatureOfCategory];

    public FeatureGroup.OneHot Group => group;

    public override void Write(ReadOnlySpan<double> raw, ReadOnlySpan<int> places, ReadOnlySpan<int> mergedOfLocal, Span<float> features, int stride)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] < 0)
            {
                continue;
            }

            var target = features.Slice((places[i] * stride) + FirstFeature, group.Width);
            target.Clear();
            if (FeatureOf(raw[i], mergedOfLocal) is >= 0 and var feature)
            {
                target[feature] = 1;
            }
        }
    }

    private int FeatureOf(double local, ReadOnlySpan<int> mergedOfLocal)
    {
        if (double.IsNaN(local))
        {
            return group.HasMissing ? group.Width - 1 : -1;
        }

        var merged = mergedOfLocal[(int)local];
        return merged < 0 ? -1 : _featureOfCategory[merged];
    }
}
