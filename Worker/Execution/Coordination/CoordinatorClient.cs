using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Polly;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>Asks a Coordinator for jobs and reports about them. No type of the wire leaves it.</summary>
internal sealed class CoordinatorClient(CallInvoker invoker, WorkerCapabilities capabilities, TimeProvider timeProvider)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private readonly Jobs.JobsClient _jobs = new(invoker);
    private readonly ResiliencePipeline _few = CallPolicies.Few(timeProvider);
    private readonly ResiliencePipeline _endless = CallPolicies.Endless(timeProvider);

    /// <summary>Asks for any eligible job. Cancelling stops further tries; a call under way is awaited, since it may bring a grant.</summary>
    /// <exception cref="CoordinatorUnavailableException">No answer after a few tries; repeat the same request later.</exception>
    /// <exception cref="CoordinatorRefusedException">The Worker's token is not accepted.</exception>
    public async Task<AcquireResult> AcquireAsync(AcquireRequest request, CancellationToken cancellationToken)
    {
        var message = WireRequests.ToWire(request, capabilities);
        var response = await CallAsync(_few, _ => _jobs.AcquireJobAsync(message, Options(CallTimeout, CancellationToken.None)), cancellationToken);
        return WireGrants.FromWire(response);
    }

    /// <summary>Reports and renews the lease; tries until it is answered or cancelled.</summary>
    /// <exception cref="LeaseLostException">Another holder replaced this one, or the job is gone.</exception>
    public async Task<ProgressAnswer> ReportAsync(LeaseKey lease, ProgressReport report, CancellationToken cancellationToken)
    {
        var message = WireRequests.ToWire(lease, report);
        var response = await CallAsync(_endless, token => _jobs.ReportProgressAsync(message, Options(CallTimeout, token)), cancellationToken);
        return WireGrants.FromWire(response);
    }

    /// <summary>Closes a job and asks for the next unless <paramref name="next"/> is null; tries until it is answered or cancelled.</summary>
    /// <returns>The answer to <paramref name="next"/>; null when none was asked.</returns>
    /// <exception cref="LeaseLostException">Another holder replaced this one, or the job is gone.</exception>
    public async Task<AcquireResult?> FinishAsync(LeaseKey lease, AttemptTotals totals, AttemptFailure? failure, AcquireRequest? next, CancellationToken cancellationToken)
    {
        var message = new FinishJobRequest { Lease = WireRequests.ToWire(lease), Counters = WireRequests.ToWire(totals) };
        if (failure is not null)
        {
            message.Failure = new Protos.V1.AttemptFailure { Message = failure.Message, Permanent = failure.Permanent, DataChanged = failure.DataChanged };
        }

        if (next is not null)
        {
            message.Next = WireRequests.ToWire(next, capabilities);
        }

        var response = await CallAsync(_endless, token => _jobs.FinishJobAsync(message, Options(CallTimeout, token)), cancellationToken);
        return response.Next is null ? null : WireGrants.FromWire(response.Next);
    }

    /// <summary>Gives a job back, in one try of at most 2 s: a lease that is not given back expires.</summary>
    /// <exception cref="LeaseLostException">Another holder replaced this one, or the job is gone.</exception>
    /// <exception cref="CoordinatorUnavailableException">No answer.</exception>
    public async Task ReleaseAsync(LeaseKey lease, AttemptTotals totals, string reason)
    {
        var message = new ReleaseJobRequest { Lease = WireRequests.ToWire(lease), Counters = WireRequests.ToWire(totals), Reason = reason };
        await CallAsync(ResiliencePipeline.Empty, _ => _jobs.ReleaseJobAsync(message, Options(ReleaseTimeout, CancellationToken.None)), CancellationToken.None);
    }

    private static async Task<TResponse> CallAsync<TResponse>(
        ResiliencePipeline pipeline, Func<CancellationToken, AsyncUnaryCall<TResponse>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await call(token), cancellationToken);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            throw new LeaseLostException(exception.Status.Detail, exception);
        }
        catch (RpcException exception) when (CallPolicies.IsTransient(exception.StatusCode))
        {
            throw new CoordinatorUnavailableException($"The Coordinator can't be reached ({exception.StatusCode}).", exception);
        }
        catch (RpcException exception) when (CallPolicies.IsRefusal(exception.StatusCode))
        {
            throw new CoordinatorRefusedException($"The Coordinator does not accept this Worker ({exception.StatusCode}): {exception.Status.Detail}", exception);
        }
        catch (RpcException exception)
        {
            throw new CoordinatorErrorException($"The Coordinator refused a call ({exception.StatusCode}).", exception);
        }
    }

    private CallOptions Options(TimeSpan timeout, CancellationToken cancellationToken) =>
        new(deadline: (timeProvider.GetUtcNow() + timeout).UtcDateTime, cancellationToken: cancellationToken);
}
