using System.Security.Cryptography;
using CloudSweep.Coordinator.Application;
using CloudSweep.Coordinator.Background;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Coordinator.Services;
using CloudSweep.Coordinator.Storage;
using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.LocalFiles;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator;

/// <summary>What a host needs to be a Coordinator. The host adds <c>IJobPublisher</c>.</summary>
public static class CoordinatorRegistration
{
    // A profile of thousands of columns and shards is larger than gRPC's default of 4 MiB.
    private const int MaxMessageBytes = 64 << 20;

    public static IServiceCollection AddCoordinator(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCoordinatorOptions(configuration);
        services.AddStorage(configuration);
        services.AddLocalObjects();
        services.AddCheckpoints(configuration);
        services.AddApplication();
        services.AddDuties();
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<DomainErrorInterceptor>();
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        return services;
    }

    public static IEndpointRouteBuilder MapCoordinator(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<SweepsService>();
        endpoints.MapGrpcService<JobsService>();
        endpoints.MapGrpcReflectionService();
        endpoints.MapGrpcHealthChecksService();
        return endpoints;
    }

    private static void AddCoordinatorOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LeaseOptions>().Bind(configuration.GetSection(LeaseOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DispatchOptions>().Bind(configuration.GetSection(DispatchOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<PackingOptions>().Bind(configuration.GetSection(PackingOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<LeaseOptions>, LeaseOptionsRules>();
    }

    private static void AddCheckpoints(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<CheckpointOptions>, CheckpointOptionsRules>();
        services.AddOptions<CheckpointOptions>().Bind(configuration.GetSection(CheckpointOptions.SectionName)).ValidateOnStart();
        services.TryAddSingleton(provider => CheckpointStore.At(
            provider.GetRequiredService<IOptions<CheckpointOptions>>().Value.Location, provider.GetRequiredService<ObjectStores>()));
    }

    private static void AddApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.AddSingleton<CoordinatorMeter>();
        services.AddSingleton<SweepChanges>();
        services.AddSingleton<SweepExpansion>();
        services.AddSingleton<SweepStages>();
        services.AddSingleton<AttemptEnding>();
        services.AddSingleton<SweepReader>();
        services.AddSingleton<ModelReader>();
        services.AddSingleton<SweepWatch>();
        services.AddSingleton<SubmitSweep>();
        services.AddSingleton<CancelSweep>();
        services.AddSingleton<ResumeSweep>();
        services.AddSingleton<AcquireJob>();
        services.AddSingleton<ReportProgress>();
        services.AddSingleton<FinishJob>();
        services.AddSingleton<ReleaseJob>();
    }

    private static void AddDuties(this IServiceCollection services)
    {
        services.AddDuty<LeaseReaper>();
        services.AddDuty<Reconciler>();
        services.AddDuty<JobDispatcher>();
        services.AddDuty<CheckpointJanitor>();
    }

    private static void AddDuty<T>(this IServiceCollection services)
        where T : PeriodicDuty
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
