using System.Text.Json.Nodes;
using CloudSweep.Coordinator;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;
using CloudSweep.Worker.Connection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;

namespace CloudSweep.Cli.Tests.Credentials;

/// <summary>The command as people give it, and a Coordinator and clients that use what it made.</summary>
public sealed class CredentialsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_ThenACoordinatorStarts_ClientsWithItsFilesAreServedByRole()
    {
        var result = await RunAsync("--host", "localhost", "--host", "127.0.0.1");
        await using var coordinator = await StartCoordinatorAsync();
        var url = coordinator.Urls.First();

        Assert.Equal(0, result.ExitCode);
        await ListAsync(new ConnectionOptions { Coordinator = url, CaFile = PathOf("ca.pem"), TokenFile = PathOf("submitter.token") });
        await ListAsync(new ConnectionOptions { Coordinator = url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), CaFile = PathOf("ca.pem"), TokenFile = PathOf("submitter.token") });
        Assert.Equal(StatusCode.PermissionDenied, await RefusalAsync(new ConnectionOptions { Coordinator = url, CaFile = PathOf("ca.pem"), TokenFile = PathOf("worker.token") }));
        Assert.Equal(StatusCode.Unauthenticated, await RefusalAsync(new ConnectionOptions { Coordinator = url, CaFile = PathOf("ca.pem") }));
        Assert.NotEqual(StatusCode.OK, await RefusalAsync(new ConnectionOptions { Coordinator = url, TokenFile = PathOf("submitter.token") }));
    }

    [Fact]
    public async Task Create_OutputJson_IsOneDocumentWithoutSecrets()
    {
        var result = await RunAsync("--host", "localhost", "--days", "30", "--output", "json");

        var answer = JsonNode.Parse(result.Output)!;
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Equal((1, false), ((int)answer["schemaVersion"]!, (bool)answer["existed"]!));
        Assert.Equal(PathOf("ca.pem"), (string?)answer["files"]![0]);
        Assert.True((DateTimeOffset)answer["certificateEnd"]! < TimeProvider.System.GetUtcNow().AddDays(31));
        Assert.DoesNotContain((await File.ReadAllTextAsync(PathOf("worker.token"), None)).Trim(), result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Text_TellsEachFileAndItsUse()
    {
        var result = await RunAsync("--host", "localhost");

        Assert.Contains("worker.token       Workers: Worker:TokenFile", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'a:1'", "--host", "a:1")]
    [InlineData("--host", "--days", "3")]
    [InlineData("--days '0'", "--host", "localhost", "--days", "0")]
    [InlineData("--days '3651'", "--host", "localhost", "--days", "3651")]
    public async Task Create_WrongArguments_IsAUsageErrorAndWritesNothing(string message, params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => CloudSweepProcess.RunAsync(_folder.Root, ["credentials", "create", "made", .. arguments]);

    private string PathOf(string name) => Path.Combine(_folder.Root, "made", name);

    private async Task<WebApplication> StartCoordinatorAsync()
    {
        var coordinator = CoordinatorHost.Build(
        [
            "--Listen=https://127.0.0.1:0",
            $"--Tls:CertificateFile={PathOf("tls.pem")}",
            $"--Tls:KeyFile={PathOf("tls.key")}",
            $"--Tokens:File={PathOf("tokens")}",
            $"--Storage:Directory={_folder["state"]}",
            $"--Checkpoints:Location={_folder["checkpoints"]}",
            "--Logging:Console:LogLevel:Default=None",
        ]);
        await coordinator.StartAsync(None);
        return coordinator;
    }

    private static async Task ListAsync(ConnectionOptions options)
    {
        using var channel = CoordinatorConnection.Open(options);
        await new Sweeps.SweepsClient(channel).ListSweepsAsync(new ListSweepsRequest(), cancellationToken: None);
    }

    private static async Task<StatusCode> RefusalAsync(ConnectionOptions options) => (await Assert.ThrowsAsync<RpcException>(() => ListAsync(options))).StatusCode;
}
