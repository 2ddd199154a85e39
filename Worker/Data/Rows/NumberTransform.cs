using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>A scaled number, missing ones filled, and perhaps an indicator of missing.</summary>
internal sealed class NumberTransform(FeatureGroup.Numbers group, int firstFeature, NumberScaling scaling) : ColumnTransform(group.Column, firstFeature)
{
    public FeatureGroup.Numbers Group => group;

    public NumberScaling Scaling => scaling;

    /// <summary>Whether the column is one feature, its number.</summary>
    public bool IsPlain => group is { HasValue: true, HasIndicator: false };

    public override void Write(ReadOnlySpan<double> raw, ReadOnlySpan<int> places, ReadOnlySpan<int> mergedOfLocal, Span<float> features, int stride)
    {
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i] < 0)
            {
                continue;
            }

            var first = (places[i] * stride) + FirstFeature;
            var isMissing = double.IsNaN(raw[i]);
            if (group.HasValue)
            {
                features[first] = scaling.Apply(isMissing ? group.Fill : raw[i]);
            }

            if (group.HasIndicator)
            {
                features[first + group.Width - 1] = isMissing ? 1 : 0;
            }
        }
    }
}
