using System.Text;

namespace CloudSweep.Integration.Tests.Images;

public sealed class SecretTextTests
{
    private const string KeyBytes = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg";

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\n" + KeyBytes)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\r\n" + KeyBytes)]
    [InlineData("{ \"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" + KeyBytes)]
    [InlineData("CLOUDSWEEP_TOKEN=cs_0123456789abcdefghijABCDEFGHIJ0123456789_-x\0")]
    public void FindIn_KeysAndTokens_AreFoundBetweenOtherBytes(string text) =>
        Assert.NotNull(SecretText.FindIn([0, 255, .. Encoding.UTF8.GetBytes(text), 0]));

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\0PUBLIC KEY")]
    [InlineData("-----BEGIN CERTIFICATE-----\n" + KeyBytes)]
    [InlineData("cs_short")]
    public void FindIn_WordsOfLibraries_AreNone(string text) => Assert.Null(SecretText.FindIn(Encoding.UTF8.GetBytes(text)));
}
