using CloudSweep.Cli.Credentials;

namespace CloudSweep.Cli.Tests.Credentials;

public sealed class HostNamesTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("coordinator")]
    [InlineData("coordinator.cloudsweep.svc.cluster.local")]
    [InlineData("*.example")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("7-of-9")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("fd00::10.0.0.4")]
    public void MistakesIn_NamesAndAddresses_None(string host) => Assert.Empty(HostNames.MistakesIn([host]));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("https://coordinator:5443")]
    [InlineData("coordinator:5443")]
    [InlineData("two words")]
    [InlineData("under_score")]
    [InlineData("-dash")]
    [InlineData("dot.")]
    [InlineData("bücher.example")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("line\n")]
    public void MistakesIn_AnythingElse_ToldWithTheValue(string host) => Assert.Contains($"'{host}'", Assert.Single(HostNames.MistakesIn([host])), StringComparison.Ordinal);
}
