using System.Collections.Immutable;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.InMemory;

/// <summary>One state of the whole store; never changed, only replaced.</summary>
/// <param name="Sweeps">By id.</param>
/// <param name="Order">Ids in order of creation.</param>
internal sealed record StoreSnapshot(ImmutableDictionary<SweepId, SweepSnapshot> Sweeps, ImmutableList<SweepId> Order)
{
    public static readonly StoreSnapshot Empty = new(ImmutableDictionary<SweepId, SweepSnapshot>.Empty, []);

    /// <exception cref="InvalidOperationException">There is no such sweep.</exception>
    public SweepSnapshot Of(SweepId id) =>
        Sweeps.GetValueOrDefault(id) ?? throw new InvalidOperationException($"There is no sweep {id}.");

    public StoreSnapshot With(SweepSnapshot sweep) => this with { Sweeps = Sweeps.SetItem(sweep.Record.Id, sweep) };
}
