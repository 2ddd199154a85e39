using System.Reflection;
using CloudSweep.Coordinator.Security;
using CloudSweep.Coordinator.Services;
using CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Tests;

/// <summary>No method of a service is open by accident.</summary>
public sealed class RoleTests
{
    public static TheoryData<string, string, string> Methods => new(
        from service in new[] { (Type: typeof(SweepsService), Sweeps.Descriptor), (Type: typeof(JobsService), Jobs.Descriptor) }
        from method in service.Descriptor.Methods
        select (service.Type.Name, method.Name, service.Type == typeof(JobsService) ? nameof(CallerRole.Worker) : nameof(CallerRole.Submitter)));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_OfAService_DemandsItsRole(string service, string method, string role)
    {
        var type = typeof(SweepsService).Assembly.GetTypes().Single(type => type.Name == service);

        var demanded = type.GetMethod(method)!.GetCustomAttribute<RequiresRoleAttribute>();

        Assert.Equal(role, demanded?.Role.ToString());
    }
}
