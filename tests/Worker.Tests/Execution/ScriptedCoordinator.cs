using System.Collections.Concurrent;
using System.Threading.Channels;
using CloudSweep.Protos.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>Answers calls as a test says, keeps what was asked and lets tests wait for it. No network.</summary>
internal sealed class ScriptedCoordinator : CallInvoker
{
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<IMessage> _calls = [];
    private readonly Channel<bool> _changed = Channel.CreateUnbounded<bool>();

    public Func<AcquireJobRequest, Task<AcquireJobResponse>> OnAcquire { get; set; } = _ => Task.FromResult(Nothing());

    public Func<ReportProgressRequest, Task<ReportProgressResponse>> OnReport { get; set; } = _ => Task.FromResult(Answer(1, 2, 3));

    public Func<FinishJobRequest, Task<FinishJobResponse>> OnFinish { get; set; } =
        request => Task.FromResult(new FinishJobResponse { Next = request.Next is null ? null : Nothing() });

    public Func<ReleaseJobRequest, Task<ReleaseJobResponse>> OnRelease { get; set; } = _ => Task.FromResult(new ReleaseJobResponse());

    public IReadOnlyList<IMessage> Calls => [.. _calls];

    public static AcquireJobResponse Nothing(double retryAfterSeconds = 5) =>
        new() { NothingForYou = new NothingForYou { RetryAfter = TimeSpan.FromSeconds(retryAfterSeconds).ToDuration() } };

    public static ReportProgressResponse Answer(params int[] openTrials) => Answer(Directive.Continue, openTrials);

    public static ReportProgressResponse Answer(Directive directive, params int[] openTrials) =>
        new() { Directive = directive, LeaseDuration = LeaseDuration.ToDuration(), OpenTrials = { openTrials } };

    public static RpcException Error(StatusCode status) => new(new Status(status, "scripted"));

    /// <summary>Fails the first <paramref name="times"/> calls, then answers.</summary>
    public static Func<TRequest, Task<TResponse>> FailingFirst<TRequest, TResponse>(int times, StatusCode status, Func<TRequest, TResponse> answer)
    {
        var calls = 0;
        return request => Interlocked.Increment(ref calls) <= times ? Task.FromException<TResponse>(Error(status)) : Task.FromResult(answer(request));
    }

    public IReadOnlyList<T> CallsOf<T>() => [.. _calls.OfType<T>()];

    /// <summary>Waits until <paramref name="count"/> calls of a kind have come.</summary>
    public async Task<IReadOnlyList<T>> WaitForAsync<T>(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (CallsOf<T>().Count < count)
        {
            await _changed.Reader.ReadAsync(patience.Token);
        }

        return CallsOf<T>();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        _calls.Enqueue(((IMessage)(object)request) switch
        {
            AcquireJobRequest acquire => acquire.Clone(),
            ReportProgressRequest report => report.Clone(),
            FinishJobRequest finish => finish.Clone(),
            ReleaseJobRequest release => release.Clone(),
            var other => throw new InvalidOperationException(other.GetType().Name),
        });
        _changed.Writer.TryWrite(true);
        return new AsyncUnaryCall<TResponse>(
            AnswerAsync<TResponse>(request, options.CancellationToken), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    private async Task<TResponse> AnswerAsync<TResponse>(object request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        object answer = request switch
        {
            AcquireJobRequest acquire => await OnAcquire(acquire).WaitAsync(cancellationToken),
            ReportProgressRequest report => await OnReport(report).WaitAsync(cancellationToken),
            FinishJobRequest finish => await OnFinish(finish).WaitAsync(cancellationToken),
            ReleaseJobRequest release => await OnRelease(release).WaitAsync(cancellationToken),
            _ => throw new InvalidOperationException(request.GetType().Name),
        };
        return (TResponse)answer;
    }
}
