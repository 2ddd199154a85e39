using Microsoft.AspNetCore.Authorization;

namespace CloudSweep.Coordinator.Security;

/// <summary>The caller must have the role.</summary>
internal sealed class RoleRequirement(CallerRole role) : AuthorizationHandler<RoleRequirement>, IAuthorizationRequirement
{
    public CallerRole Role { get; } = role;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (Caller.HasRole(context.User, requirement.Role))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
