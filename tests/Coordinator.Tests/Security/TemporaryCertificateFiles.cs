using CloudSweep.TestSupport;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>Where a scaler's listener reads its certificates.</summary>
internal sealed class TemporaryCertificateFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Certificate => _folder["scaler.pem"];

    public string Key => _folder["scaler.key"];

    public string ClientCa => _folder["client-ca.pem"];

    public void Dispose() => _folder.Dispose();
}
