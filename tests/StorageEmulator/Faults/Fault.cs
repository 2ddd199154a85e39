namespace CloudSweep.StorageEmulator.Faults;

/// <summary>Which requests are struck by what. A condition that is null holds for every request.</summary>
/// <param name="Effect">What goes wrong.</param>
public sealed record Fault(FaultEffect Effect)
{
    /// <summary>HTTP method, such as <c>GET</c>.</summary>
    public string? Method { get; init; }

    /// <summary>Name of the object with <c>*</c> for any characters; requests that name no object, such as lists, don't match then.</summary>
    public string? ObjectName { get; init; }

    /// <summary>True: only requests for an object's bytes (<c>alt=media</c>). False: only others.</summary>
    public bool? Media { get; init; }

    /// <summary>First byte of the Range that is asked for; requests without a Range don't match then.</summary>
    public long? RangeStart { get; init; }

    /// <summary>The first of the matching requests that is struck, from 1.</summary>
    public int First { get; init; } = 1;

    /// <summary>How many matching requests in a row are struck, ≥ 1. <see cref="int.MaxValue"/> for all.</summary>
    public int Count { get; init; } = 1;
}
