using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Safetensors;

namespace CloudSweep.Worker.Prediction;

/// <summary>Makes a model that stands alone of what a sweep keeps: the weights of a trial, the sweep file and the profile.</summary>
public static class ModelExport
{
    /// <summary>Writes the model's file.</summary>
    /// <param name="source">The trial and where it stands.</param>
    /// <param name="spec">The sweep file.</param>
    /// <param name="profile">What is known of its data.</param>
    /// <param name="weights">The trial's stored weights; seekable.</param>
    /// <param name="target">Where to.</param>
    /// <exception cref="MalformedDocumentException">The stored weights are damaged.</exception>
    public static void Write(ModelSource source, SweepSpec spec, DataProfile profile, Stream weights, Stream target) =>
        ModelFile.Write(target, Describe(source, spec, profile), SafetensorsReader.Read(weights).Tensors);

    internal static ModelDocument Describe(ModelSource source, SweepSpec spec, DataProfile profile)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(profile);
        return new ModelDocument(
            source.Sweep,
            source.Trial,
            source.Step,
            source.Numerics,
            source.Parameters.Model,
            source.Parameters,
            new ModelText(spec.Data.Label, spec.Data.Header ?? HasHeader(spec.Data, profile), spec.Data.Delimiter, spec.Data.Missing),
            [.. Inputs(spec.Data, profile)],
            [.. profile.Classes.Select(label => label.Label)],
            profile.Target is { } target ? new ModelTarget(target.Train.Mean, target.Deviation()) : null,
            source.Metrics,
            source.TestMetrics);
    }

    // Only a label that is given by position can be found in files without a header, and their columns are named by position.
    private static bool HasHeader(DataSpec data, DataProfile profile) =>
        data.Label is not ColumnSelector.ByIndex || profile.Features.Any(name => name.Length < 2 || name[0] != 'c' || !name.AsSpan(1).ContainsOnlyDigits());

    private static IEnumerable<ModelInput> Inputs(DataSpec data, DataProfile profile)
    {
        var missing = data.Columns.ToDictionary(column => column.Name, column => column.MissingCells, StringComparer.Ordinal);
        return FeatureTransform.Create(data, profile).Columns.Select(ModelInput (column) => column switch
        {
            NumberTransform number => Number(number, missing.GetValueOrDefault(number.Group.Name, [])),
            CategoryTransform { Group: var group } => new ModelInput.Category(group.Name, missing.GetValueOrDefault(group.Name, []), group.Categories, group.HasMissing),
            BucketTransform { Group: var group } => new ModelInput.Hashed(group.Name, missing.GetValueOrDefault(group.Name, []), group.Count, group.HasMissing),
            _ => throw new InvalidOperationException($"Unknown transform {column}."),
        });
    }

    private static ModelInput.Number Number(NumberTransform column, IReadOnlyList<string> missing)
    {
        var (group, scaling) = (column.Group, column.Scaling);
        return group.HasValue
            ? new ModelInput.Number(group.Name, missing, scaling.Offset, scaling.Divisor, double.IsFinite(scaling.Clip) ? scaling.Clip : null, group.Fill, true, group.HasIndicator)
            : new ModelInput.Number(group.Name, missing, 0, 1, null, 0, false, group.HasIndicator);
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
