using CloudSweep.GoogleCloud.Storage;

namespace CloudSweep.GoogleCloud.Tests.Storage;

/// <summary>With the settings of an installation, where most objects take one request.</summary>
public sealed class GcsObjectStoreDefaultsContractTests : GcsObjectStoreContractTests
{
    private protected override CloudStorageOptions Options { get; } = new();
}
