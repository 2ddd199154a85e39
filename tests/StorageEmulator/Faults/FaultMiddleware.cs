using System.Net.Sockets;
using CloudSweep.StorageEmulator.Http;
using CloudSweep.StorageEmulator.Objects;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CloudSweep.StorageEmulator.Faults;

/// <summary>Lets scripted faults happen, and limits the speed of answers.</summary>
internal sealed class FaultMiddleware(FaultScript script, Shaping shaping, BucketTable buckets, TimeProvider timeProvider, IHostApplicationLifetime lifetime)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = ObjectPath.Of(context);
        switch (script.Strike(context.Request, path.Name))
        {
            case FaultEffect.Status(var code, var retryAfterSeconds):
                if (retryAfterSeconds is not null)
                {
                    context.Response.Headers.RetryAfter = ResourceJson.Text(retryAfterSeconds.Value);
                }

                throw new ServiceException(code, "scriptedFault", $"A scripted fault: {code}");
            case FaultEffect.Reset { AfterBytes: null }:
                await ResetAsync(context);
                return;
            case FaultEffect.Reset { AfterBytes: { } bytes } when HttpMethods.IsPut(context.Request.Method) || HttpMethods.IsPost(context.Request.Method):
                context.Request.Body = new InterruptedBody(context.Request.Body, bytes, () => ResetAsync(context));
                break;
            case FaultEffect.Reset { AfterBytes: { } bytes }:
                Plan(context, new BodyPlan(EndsAfter: bytes, Ending: () => ResetAsync(context)));
                break;
            case FaultEffect.LoseAnswer:
                context.Response.Body = new MemoryStream();
                try
                {
                    await next(context);
                }
                finally
                {
                    await ResetAsync(context);
                }

                return;
            case FaultEffect.Cut(var bytes):
                Plan(context, new BodyPlan(EndsAfter: bytes, Ending: () => Task.CompletedTask));
                break;
            case FaultEffect.WrongBytes(var at):
                Plan(context, new BodyPlan(WrongAt: at));
                break;
            case FaultEffect.Stall(var bytes):
                Plan(context, new BodyPlan(EndsAfter: bytes, Ending: () => StallAsync(context)));
                break;
            case FaultEffect.Trickle(var bytesPerSecond):
                Plan(context, new BodyPlan(BytesPerSecond: bytesPerSecond));
                break;
            case FaultEffect.Replace(var content):
                Replace(path, content);
                Plan(context, new BodyPlan());
                break;
            default:
                Plan(context, new BodyPlan());
                break;
        }

        await next(context);
    }

    private void Plan(HttpContext context, BodyPlan plan)
    {
        plan = plan with { BytesPerSecond = plan.BytesPerSecond ?? shaping.BytesPerSecond };
        if (plan != new BodyPlan())
        {
            context.Response.Body = new PlannedBody(context.Response.Body, plan, timeProvider);
        }
    }

    private static Task ResetAsync(HttpContext context)
    {
        // Closing with no time to linger sends RST instead of FIN.
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close(timeout: 0);
        context.Abort();
        return Task.CompletedTask;
    }

    private async Task StallAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private void Replace(ObjectPath path, byte[]? content)
    {
        if (path is { Bucket: { } bucket, Name: { } name } && buckets.Find(bucket, name) is { } current)
        {
            content ??= Array.ConvertAll(current.Content.ToArray(), value => (byte)~value);
            buckets.Put(bucket, current.Stored with { Content = new MemoryContent(content) }, Preconditions.None);
        }
    }
}
