using CloudSweep.Coordinator.Application;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CloudSweep.Coordinator.Services;

/// <summary>Turns domain errors into gRPC statuses, with a detail per field where there are fields. Anything else is INTERNAL and told to the log only.</summary>
internal sealed partial class DomainErrorInterceptor(ILogger<DomainErrorInterceptor> logger) : Interceptor
{
    // Errors travel in headers, which clients limit to 32 KiB or so. They may quote what the caller sent.
    private const int MaxDetailLength = 1024;
    private const int MaxViolations = 25;
    private const int MaxViolationLength = 512;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Map(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Map(exception, context);
        }
    }

    private RpcException Map(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case InvalidSweepException invalid:
                return ToStatus(invalid).ToRpcException();
            case CloudSweepException domain:
                return new RpcException(new Grpc.Core.Status(StatusCodeFor(domain), Shorten(domain.Message, MaxDetailLength)));
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return new RpcException(new Grpc.Core.Status(StatusCode.Cancelled, "The call was cancelled."));
            default:
                LogUnexpected(exception, context.Method);
                return new RpcException(new Grpc.Core.Status(StatusCode.Internal, "The Coordinator failed unexpectedly; its log tells more."));
        }
    }

    private static StatusCode StatusCodeFor(CloudSweepException exception) => exception switch
    {
        MalformedDocumentException => StatusCode.InvalidArgument,
        SweepNotFoundException or ModelNotFoundException => StatusCode.NotFound,
        SweepConflictException => StatusCode.AlreadyExists,
        WorkerRefusedException => StatusCode.PermissionDenied,
        StoreUnavailableException or StorageException { IsTransient: true } => StatusCode.Unavailable,
        LeaseLostException or SweepFinishedException or StorageException => StatusCode.FailedPrecondition,
        _ => StatusCode.Internal,
    };

    private static Google.Rpc.Status ToStatus(InvalidSweepException exception)
    {
        SpecViolation[] told = [.. exception.Violations.Take(MaxViolations)];
        if (exception.Violations.Count > MaxViolations)
        {
            told = [.. told, new SpecViolation(told[^1].Field, $"… and {exception.Violations.Count - MaxViolations} more mistakes.")];
        }

        var details = new BadRequest
        {
            FieldViolations = { told.Select(violation => new BadRequest.Types.FieldViolation { Field = violation.Field, Description = Shorten(violation.Problem, MaxViolationLength) }) },
        };
        return new Google.Rpc.Status { Code = (int)StatusCode.InvalidArgument, Message = Shorten(exception.Message, MaxDetailLength), Details = { Any.Pack(details) } };
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    [LoggerMessage(Level = LogLevel.Error, Message = "A call of {Method} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string method);
}
