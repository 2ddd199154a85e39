namespace CloudSweep.Coordinator.Security;

/// <summary>
/// The role that a gRPC method asks for; every method has one. On a Unix socket or loopback, all that this version listens on,
/// the operating system decides who may connect, and callers have both roles.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresRoleAttribute(CallerRole role) : Attribute
{
    public CallerRole Role { get; } = role;
}
