using Microsoft.AspNetCore.Authorization;

namespace CloudSweep.Coordinator.Security;

/// <summary>The role that a gRPC method asks for; every method has one. It is checked before anything of the call's message is read.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresRoleAttribute(CallerRole role) : Attribute, IAuthorizationRequirementData
{
    public CallerRole Role { get; } = role;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new RoleRequirement(Role)];
}
