using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Spec;

namespace CloudSweep.Coordinator.Scaling;

/// <summary>What a trigger's metadata says to this scaler. KEDA sends its own keys along; those are passed over.</summary>
internal static class ScalerMetadata
{
    public const string SlotsKey = "slotsPerWorker";

    private const int MaxSlots = 64;
    private const int MaxTypingMistakes = 3;

    /// <summary>Jobs that one replica runs at once.</summary>
    /// <exception cref="InvalidSweepException">The value breaks its rule, or a key looks like the one that is meant.</exception>
    public static int SlotsPerWorker(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Keys.FirstOrDefault(IsMistyped) is { } mistyped)
        {
            throw Mistake(mistyped, $"'{mistyped}' is no key of this scaler. Did you mean '{SlotsKey}'?");
        }

        if (!metadata.TryGetValue(SlotsKey, out var text))
        {
            return 1;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && slots is >= 1 and <= MaxSlots
            ? slots
            : throw Mistake(SlotsKey, $"'{text}' must be a whole number from 1 to {MaxSlots}: the setting Worker:Slots of the Workers that are scaled. Leave it out where that is 1.");
    }

    // Passed over in silence, it would mean a replica for every job.
    private static bool IsMistyped(string key) => key != SlotsKey
        && (key.StartsWith(SlotsKey, StringComparison.OrdinalIgnoreCase) || EditDistance.Between(key, SlotsKey) <= MaxTypingMistakes);

    private static InvalidSweepException Mistake(string key, string problem) => new([new SpecViolation($"scalerMetadata.{key}", problem)]);
}
