using System.Reflection;
using CloudSweep.Coordinator.Security;
using CloudSweep.Coordinator.Services;
using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Protos.Keda;
using CloudSweep.Protos.V1;
using Grpc.AspNetCore.Server;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>Whatever a Coordinator maps, whoever adds it: a method is for one role or for the scaler's listener. Health and reflection are for any role.</summary>
    [Fact]
    public async Task Method_OfAnyServiceThatIsMapped_DemandsOneRoleOrTheScalersListener()
    {
        await using var host = await Lifecycle.CoordinatorHost.StartAsync(StoreChoice.Memory);
        var endpoints = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
            .Where(endpoint => ServiceOf(endpoint) is { } service && service != Health.Descriptor.FullName && !service.StartsWith("grpc.reflection.", StringComparison.Ordinal))
            .ToArray();

        Assert.All(endpoints, endpoint => Assert.Equal(
            (endpoint.DisplayName, ServiceOf(endpoint) == ExternalScaler.Descriptor.FullName ? 0 : 1, ServiceOf(endpoint) == ExternalScaler.Descriptor.FullName ? 1 : 0),
            (endpoint.DisplayName, endpoint.Metadata.OfType<RequiresRoleAttribute>().Count(), endpoint.Metadata.OfType<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).OfType<ScalerRequirement>().Count())));
        Assert.Equal(
            [.. Sweeps.Descriptor.Methods.Concat(Jobs.Descriptor.Methods).Concat(ExternalScaler.Descriptor.Methods).Select(method => method.FullName)],
            endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()!.Method).Select(method => $"{method.ServiceName}.{method.Name}").ToHashSet());
    }

    /// <summary>Null for what is no method.</summary>
    private static string? ServiceOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName;
}
