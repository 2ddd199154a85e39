using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>One feature per bucket: 1 where the cell falls into it. A missing cell that is no category is all zeros.</summary>
internal sealed class BucketTransform(FeatureGroup.Buckets group, int firstFeature) : ColumnTransform(group.Column, firstFeature)
{
    public FeatureGroup.Buckets Group => group;

    public override void Write(ReadOnlySpan<double> raw, ReadOnlySpan<int> rows, ReadOnlySpan<int> mergedOfLocal, Span<float> features, int stride)
    {
        var first = FirstFeature;
        foreach (var row in rows)
        {
            var target = features.Slice(first, group.Width);
            target.Clear();
            if (!double.IsNaN(raw[row]))
            {
                target[(int)raw[row]] = 1;
            }
            else if (group.HasMissing)
            {
                target[^1] = 1;
            }

            first += stride;
        }
    }
}
