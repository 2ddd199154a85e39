using CloudSweep.Worker.Health;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace CloudSweep.Worker.Tests.Health;

public sealed class HealthServerTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HealthStatus.Healthy, Serving.Serving)]
    [InlineData(HealthStatus.Degraded, Serving.Serving)]
    [InlineData(HealthStatus.Unhealthy, Serving.NotServing)]
    public async Task Check_StateOfTheWorkersChecks_IsTold(HealthStatus state, Serving expected)
    {
        await using var services = Services(state);
        var server = Server(services, "http://127.0.0.1:0");
        await server.StartAsync(None);
        using var channel = GrpcChannel.ForAddress(server.Address!);

        var answer = await new Grpc.Health.V1.Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), cancellationToken: None);

        Assert.Equal(expected, answer.Status);
        await server.StopAsync(None);
    }

    [Fact]
    public async Task Call_OfAnotherService_IsUnimplemented()
    {
        await using var services = Services(HealthStatus.Healthy);
        var server = Server(services, "http://127.0.0.1:0");
        await server.StartAsync(None);
        using var channel = GrpcChannel.ForAddress(server.Address!);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Protos.V1.Jobs.JobsClient(channel).AcquireJobAsync(new Protos.V1.AcquireJobRequest(), cancellationToken: None));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
        await server.StopAsync(None);
    }

    [Fact]
    public async Task Start_NothingSet_ListensNowhere()
    {
        await using var services = Services(HealthStatus.Healthy);
        var server = Server(services, "");

        await server.StartAsync(None);

        Assert.Null(server.Address);
    }

    [Theory]
    [InlineData("https://*:8081")]
    [InlineData("unix:/tmp/health.sock")]
    [InlineData("http://somewhere:8081")]
    [InlineData("8081")]
    public void Validate_NoPlainAddress_TellsTheRule(string listen)
    {
        var result = new HealthOptionsRules().Validate(null, new HealthOptions { Listen = listen });

        Assert.Contains($"Health:Listen ('{listen}') must be http://ADDRESS:PORT", result.FailureMessage, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(HealthStatus state)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddCheck("one", () => new HealthCheckResult(state));
        return services.BuildServiceProvider();
    }

    private static HealthServer Server(ServiceProvider services, string listen) => new(
        Options.Create(new HealthOptions { Listen = listen }), services.GetRequiredService<HealthCheckService>(), NullLoggerFactory.Instance, NullLogger<HealthServer>.Instance);
}
