using CloudSweep.Coordinator.Security;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>The listener of the health service, and what there is beside the services.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private SecureCoordinator _coordinator = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _coordinator = await SecureCoordinator.StartAsync("--Health:Listen=http://127.0.0.1:0");

    public ValueTask DisposeAsync() => _coordinator.DisposeAsync();

    [Fact]
    public async Task Health_AtItsOwnListener_NeedsNoToken() => await CheckAsync(AtHealth());

    [Fact]
    public async Task Health_AtTheMainListener_NeedsAToken()
    {
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => CheckAsync(_coordinator.Caller()))).StatusCode);
        await CheckAsync(_coordinator.Caller(_coordinator.AddToken("w", CallerRole.Worker)));
    }

    [Fact]
    public async Task Services_AtTheHealthListener_AreNotThere()
    {
        var token = _coordinator.AddToken("alice", CallerRole.Submitter);

        foreach (var method in AnyMethod.All)
        {
            Assert.Equal(StatusCode.Unimplemented, (await AnyMethod.StatusAsync(AtHealth(token), method)).StatusCode);
        }
    }

    [Fact]
    public async Task Services_OfALocalCoordinatorAtTheHealthListener_AreNotThereEither()
    {
        await using var local = await SecureCoordinator.StartAtAsync("http://127.0.0.1:0", "--Tokens:File=", "--Health:Listen=http://127.0.0.1:0");

        Assert.Equal(StatusCode.OK, (await AnyMethod.StatusAsync(local.Caller(), AnyMethod.Find("ListSweeps"))).StatusCode);
        Assert.Equal(StatusCode.Unimplemented, (await AnyMethod.StatusAsync(local.Caller(url: local.Addresses[1]), AnyMethod.Find("ListSweeps"))).StatusCode);
    }

    [Fact]
    public async Task Reflection_WithoutToken_IsUnauthenticated()
    {
        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => ReflectAsync(_coordinator.Caller()))).StatusCode);
        await ReflectAsync(_coordinator.Caller(_coordinator.AddToken("alice", CallerRole.Submitter)));
    }

    [Fact]
    public async Task Method_ThatIsNotThere_NeedsATokenToo()
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, "a.B", "C", Marshallers.Create(bytes => bytes, bytes => bytes), Marshallers.Create(bytes => bytes, bytes => bytes));

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _coordinator.Caller().AsyncUnaryCall(method, null, new CallOptions(cancellationToken: None), []));

        Assert.Equal(StatusCode.Unauthenticated, exception.StatusCode);
        _coordinator.AssertLogged("Warning", "a method that is not there");
    }

    private static async Task CheckAsync(CallInvoker caller) =>
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await new Health.HealthClient(caller).CheckAsync(new HealthCheckRequest(), cancellationToken: None)).Status);

    private static async Task ReflectAsync(CallInvoker caller)
    {
        using var call = new ServerReflection.ServerReflectionClient(caller).ServerReflectionInfo(cancellationToken: None);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, None);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(None));
        Assert.Contains(call.ResponseStream.Current.ListServicesResponse.Service, service => service.Name == Sweeps.Descriptor.FullName);
    }

    private CallInvoker AtHealth(string? token = null) => _coordinator.Caller(token, url: _coordinator.Addresses[1]);
}
