using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>A scaled number, missing ones filled, and perhaps an indicator of missing.</summary>
internal sealed class NumberTransform(FeatureGroup.Numbers group, int firstFeature, NumberScaling scaling) : ColumnTransform(group.Column, firstFeature)
{
    public FeatureGroup.Numbers Group => group;

    public NumberScaling Scaling => scaling;

    public override void Write(ReadOnlySpan<double> raw, ReadOnlySpan<int> rows, ReadOnlySpan<int> mergedOfLocal, Span<float> features, int stride)
    {
        if (group.HasValue)
        {
            var index = FirstFeature;
            foreach (var row in rows)
            {
                features[index] = scaling.Apply(double.IsNaN(raw[row]) ? group.Fill : raw[row]);
                index += stride;
            }
        }

        if (group.HasIndicator)
        {
            var index = FirstFeature + group.Width - 1;
            foreach (var row in rows)
            {
                features[index] = double.IsNaN(raw[row]) ? 1 : 0;
                index += stride;
            }
        }
    }
}
