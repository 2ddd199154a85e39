using CloudSweep.Cli.Hosting;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Tests.Hosting;

public sealed class CommandSettingsTests
{
    [Theory]
    [InlineData("--Worker:Slot=2", "'Worker:Slot' is no setting. Did you mean 'Worker:Slots'?")]
    [InlineData("--PubSub:Topik=x", "'PubSub:Topik' is no setting. Did you mean 'PubSub:Topic'?")]
    [InlineData("--Data:AllowedRoots=/data", "'Data:AllowedRoots' is no setting. Did you mean 'Data:AllowedRoots:0'?")]
    [InlineData("--Tls:Certificate=/c", "'Tls:Certificate' is no setting. Did you mean 'Tls:CertificateFile'?")]
    [InlineData("--Banana=1", "'Banana' is no setting. docs/operations.md tells which there are.")]
    public void ReadOfHosts_UnknownSetting_SuggestsTheNearest(string setting, string mistake) =>
        Assert.Equal([mistake], Assert.Throws<InvalidSettingsException>(() => CommandSettings.ReadOfHosts([setting, "--Listen=http://127.0.0.1:1"])).Mistakes);

    [Fact]
    public void ReadOfHosts_SettingsOfEitherHost_AreRead()
    {
        var settings = CommandSettings.ReadOfHosts(["--worker:slots=2", "--Data:AllowedRoots:11=/data", "--Tls:KeyFile=/k", "--Oidc:Workers:0=w", "--Checkpoints:Interval=00:00:10", "--Logging:LogLevel:Default=Debug"]);

        Assert.Equal(("2", "/data"), (settings["Worker:Slots"], settings["Data:AllowedRoots:11"]));
    }
}
