using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>One feature per bucket: 1 where the cell falls into it. A missing cell that is no category is all zeros.</summary>
internal sealed class BucketTransform(FeatureGroup.Buckets group, int firstFeature) : ColumnTransform(group.Column, firstFeature)
{
    public FeatureGroup.Buckets Group => group;

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
            if (!double.IsNaN(raw[i]))
            {
                target[(int)raw[i]] = 1;
            }
            else if (group.HasMissing)
            {
                target[^1] = 1;
            }
        }
    }
}
