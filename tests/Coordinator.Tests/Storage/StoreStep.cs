using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Tests.Storage;

/// <summary>One call of a random transaction.</summary>
/// <param name="Name">What a failure shows.</param>
/// <param name="Run">Makes the call and tells its answer.</param>
internal sealed record StoreStep(string Name, Func<IStoreTransaction, string> Run)
{
    public static StoreStep Of(string name, Action<IStoreTransaction> run) => new(name, transaction =>
    {
        run(transaction);
        return "";
    });

    public override string ToString() => Name;
}
