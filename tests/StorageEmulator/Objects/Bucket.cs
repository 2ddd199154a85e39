using System.Collections.Immutable;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>A bucket and its objects in the order in which the service lists them.</summary>
internal sealed record Bucket(string Name, DateTimeOffset Created)
{
    public ImmutableSortedDictionary<string, EmulatedObject> Objects { get; init; } =
        ImmutableSortedDictionary.Create<string, EmulatedObject>(Utf8Order.Instance);
}
