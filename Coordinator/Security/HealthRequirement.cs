using Microsoft.AspNetCore.Authorization;

namespace CloudSweep.Coordinator.Security;

/// <summary>Health is told to callers with any role, and to anyone at its own listener.</summary>
internal sealed class HealthRequirement : AuthorizationHandler<HealthRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, HealthRequirement requirement)
    {
        if (context.User.Identity is { IsAuthenticated: true } || (context.Resource is HttpContext call && ListenerScope.Of(call) == ListenerScope.Health))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
