using System.Security.Cryptography;
using CloudSweep.Coordinator.Application;
using CloudSweep.Coordinator.Background;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Coordinator.Scaling;
using CloudSweep.Coordinator.Security;
using CloudSweep.Coordinator.Services;
using CloudSweep.Coordinator.Storage;
using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.LocalFiles;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator;

/// <summary>What a host needs to be a Coordinator. The host adds <c>IJobPublisher</c>.</summary>
public static class CoordinatorRegistration
{
    // A profile of thousands of columns and shards is larger than gRPC's default of 4 MiB.
    internal const int MaxMessageBytes = 64 << 20;

    public static IServiceCollection AddCoordinator(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCoordinatorOptions(configuration);
        services.AddSecurity(configuration);
        services.AddStorage();
        services.AddLocalObjects();
        services.AddGoogleCloudStorage(configuration);
        services.AddCheckpoints();
        services.AddApplication();
        services.AddScaling(configuration);
        services.AddDuties();
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<DomainErrorInterceptor>();
            grpc.Interceptors.Add<SweepAccess>();
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<StoreHealth>("store");
        return services;
    }

    public static WebApplication MapCoordinator(this WebApplication app)
    {
        app.Use(ListenerScope.GuardAsync);
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGrpcService<SweepsService>();
        app.MapGrpcService<JobsService>();
        app.MapGrpcService<ExternalScalerService>().RequireAuthorization(scaler => scaler.AddRequirements(new ScalerRequirement()));
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService().RequireAuthorization(health => health.AddRequirements(new HealthRequirement()));
        return app;
    }

    private static void AddCoordinatorOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAnnotatedOptions<LeaseOptions>(configuration, LeaseOptions.SectionName);
        services.AddAnnotatedOptions<DispatchOptions>(configuration, DispatchOptions.SectionName);
        services.AddAnnotatedOptions<PackingOptions>(configuration, PackingOptions.SectionName);
        services.AddAnnotatedOptions<StorageOptions>(configuration, StorageOptions.SectionName);
        services.AddOptions<CheckpointOptions>().Bind(configuration.GetSection(CheckpointOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CheckpointOptions>, CheckpointOptionsRules>();
        services.AddSingleton<IValidateOptions<LeaseOptions>, LeaseOptionsRules>();
    }

    private static void AddAnnotatedOptions<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new AnnotationRules<T>(section));
    }

    private static void AddCheckpoints(this IServiceCollection services) => services.TryAddSingleton(provider => CheckpointStore.At(
        provider.GetRequiredService<IOptions<CheckpointOptions>>().Value.Location, provider.GetRequiredService<ObjectStores>()));

    private static void AddApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.AddSingleton<CoordinatorMeter>();
        services.AddSingleton<SweepChanges>();
        services.AddSingleton<WorkerPresence>();
        services.AddSingleton<SweepExpansion>();
        services.AddSingleton<SweepStages>();
        services.AddSingleton<AttemptEnding>();
        services.AddSingleton<RungDecisions>();
        services.AddSingleton<SweepReader>();
        services.AddSingleton<ModelReader>();
        services.AddSingleton<SweepWatch>();
        services.AddSingleton<SubmitSweep>();
        services.AddSingleton<CancelSweep>();
        services.AddSingleton<StopSweep>();
        services.AddSingleton<PauseSweep>();
        services.AddSingleton<ResumeSweep>();
        services.AddSingleton<RetrySweep>();
        services.AddSingleton<ExtendSweep>();
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
        services.AddDuty<FileReload>();
    }

    private static void AddDuty<T>(this IServiceCollection services)
        where T : PeriodicDuty
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
