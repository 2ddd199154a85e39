using Google.Cloud.PubSub.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>Stands for the service: answers each call as a script says, and remembers it.</summary>
internal sealed class ScriptedService : CallInvoker
{
    private readonly Dictionary<string, Queue<Func<object>>> _answers = [];

    public List<SentCall> Sent { get; } = [];

    public IEnumerable<string> Methods => Sent.Select(call => call.Method);

    /// <summary>What the next calls of <paramref name="method"/> get, one each; afterwards an empty answer.</summary>
    public ScriptedService Answer(string method, params Func<object>[] answers)
    {
        if (!_answers.TryGetValue(method, out var queue))
        {
            _answers[method] = queue = [];
        }

        foreach (var answer in answers)
        {
            queue.Enqueue(answer);
        }

        return this;
    }

    public ScriptedService Fail(string method, StatusCode status, int times = 1) =>
        Answer(method, [.. Enumerable.Repeat<Func<object>>(() => throw new RpcException(new Status(status, "scripted")), times)]);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Sent.Add(new SentCall(method.Name, request, options.Headers ?? [], options.Deadline));
        return new AsyncUnaryCall<TResponse>(
            RespondAsync<TResponse>(method.Name, options.CancellationToken), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    private async Task<TResponse> RespondAsync<TResponse>(string method, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "by the caller"));
        }

        return _answers.TryGetValue(method, out var queue) && queue.TryDequeue(out var answer) ? (TResponse)answer() : (TResponse)Empty(method);
    }

    private static object Empty(string method) => method switch
    {
        "Publish" => new PublishResponse(),
        "Pull" => new PullResponse(),
        "CreateTopic" or "GetTopic" => new Topic(),
        "CreateSubscription" or "GetSubscription" => new Subscription(),
        "TestIamPermissions" => new Google.Cloud.Iam.V1.TestIamPermissionsResponse(),
        _ => new Empty(),
    };
}
