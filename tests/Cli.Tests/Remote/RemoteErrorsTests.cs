using CloudSweep.Cli.Remote;
using CloudSweep.Worker.Connection;
using Grpc.Core;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>Each refusal is one line that names the Coordinator and what to check or set.</summary>
public sealed class RemoteErrorsTests
{
    [Theory]
    [InlineData(StatusCode.Unavailable, "can't answer now: refused", "Try again")]
    [InlineData(StatusCode.DeadlineExceeded, "can't be reached", "--coordinator (CLOUDSWEEP_COORDINATOR)")]
    [InlineData(StatusCode.Unauthenticated, "does not know who you are: refused", "CLOUDSWEEP_TOKEN_FILE")]
    [InlineData(StatusCode.PermissionDenied, "refuses this: refused", "role submitter")]
    [InlineData(StatusCode.Unimplemented, "is no Coordinator, or one of an older version", "--coordinator")]
    public void Explain_Refusal_IsOneLineWithTheWayOut(StatusCode status, string what, string wayOut)
    {
        var explanation = RemoteErrors.Explain(new RpcException(new Status(status, "refused")), new ConnectionOptions { Coordinator = "https://host:1" });

        Assert.Contains(what, explanation, StringComparison.Ordinal);
        Assert.Contains(wayOut, explanation, StringComparison.Ordinal);
        Assert.Contains("https://host:1", explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NobodyAnswers_NamesTheCauseAndWhatToCheck()
    {
        var explanation = RemoteErrors.Explain(
            new RpcException(new Status(StatusCode.Unavailable, "Error connecting.", new HttpRequestException("failed", new IOException("refused")))), new ConnectionOptions { Coordinator = "https://host:1" });

        Assert.Contains("https://host:1 can't be reached (refused)", explanation, StringComparison.Ordinal);
        Assert.Contains("--coordinator (CLOUDSWEEP_COORDINATOR)", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_TokenWasSent_AsksForAnother()
    {
        var explanation = RemoteErrors.Explain(new RpcException(new Status(StatusCode.Unauthenticated, "")), new ConnectionOptions { Coordinator = "https://host:1", Token = "secret" });

        Assert.Contains("has expired", explanation, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NoTokenCouldBeMade_DoesNotBlameTheCoordinatorNorATokenThatWasSent()
    {
        var status = new Status(StatusCode.Unauthenticated, "This process has no Google credentials.", new IOException("This process has no Google credentials."));

        var explanation = RemoteErrors.Explain(new RpcException(status), new ConnectionOptions { Coordinator = "https://host:1", OidcAudience = "https://host" });

        Assert.Equal("The Coordinator at https://host:1 was not asked, since there is no token to send: This process has no Google credentials.", explanation);
    }

    [Fact]
    public void Explain_DomainError_LeavesItToTheCoordinatorsWords() =>
        Assert.Null(RemoteErrors.Explain(new RpcException(new Status(StatusCode.FailedPrecondition, "It is final.")), new ConnectionOptions { Coordinator = "https://host:1" }));
}
