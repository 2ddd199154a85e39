using Microsoft.AspNetCore.Authorization;

namespace CloudSweep.Coordinator.Security;

/// <summary>The scaler answers whom the handshake of its own listener let in. No token leads to it, and none is needed.</summary>
internal sealed class ScalerRequirement : AuthorizationHandler<ScalerRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScalerRequirement requirement)
    {
        if (context.Resource is HttpContext call && ListenerScope.Of(call) == ListenerScope.Scaler)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
