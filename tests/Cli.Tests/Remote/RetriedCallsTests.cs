using CloudSweep.Cli.Remote;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.Cli.Tests.Remote;

public sealed class RetriedCallsTests
{
    private readonly FakeTimeProvider _time = new();
    private int _calls;
    private int _waits;

    [Fact]
    public async Task Call_UnavailableTwice_IsMadeAThirdTimeAndTold()
    {
        await CallAsync(StatusCode.Unavailable, StatusCode.Unavailable, StatusCode.OK);

        Assert.Equal((3, 1), (_calls, _waits));
    }

    [Fact]
    public async Task Call_UnavailableForLong_Fails()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => CallAsync([.. Enumerable.Repeat(StatusCode.Unavailable, 9)]));

        Assert.Equal((StatusCode.Unavailable, 5), (exception.StatusCode, _calls));
    }

    [Fact]
    public async Task Call_Refused_IsNotRepeated()
    {
        await Assert.ThrowsAsync<RpcException>(() => CallAsync(StatusCode.PermissionDenied));

        Assert.Equal((1, 0), (_calls, _waits));
    }

    private async Task CallAsync(params StatusCode[] answers)
    {
        var method = new Method<ListSweepsRequest, ListSweepsResponse>(MethodType.Unary, "s", "m", Marshallers.Create<ListSweepsRequest>(_ => [], _ => new()), Marshallers.Create<ListSweepsResponse>(_ => [], _ => new()));
        var context = new ClientInterceptorContext<ListSweepsRequest, ListSweepsResponse>(method, null, new CallOptions(cancellationToken: TestContext.Current.CancellationToken));
        var call = new RetriedCalls(_time, () => _waits++).AsyncUnaryCall(new ListSweepsRequest(), context, (_, _) => Answer(answers[_calls++]));
        while (!call.ResponseAsync.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await call;
    }

    private static AsyncUnaryCall<ListSweepsResponse> Answer(StatusCode code) => new(
        code == StatusCode.OK ? Task.FromResult(new ListSweepsResponse()) : Task.FromException<ListSweepsResponse>(new RpcException(new Status(code, "scripted"))),
        Task.FromResult(Metadata.Empty),
        () => Status.DefaultSuccess,
        () => [],
        () => { });
}
