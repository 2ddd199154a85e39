using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.Worker.Connection;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Execution.Checkpoints;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Training;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker;

/// <summary>Makes a host a Worker.</summary>
public static class WorkerRegistration
{
    // What a host needs to come to an end after its attempts have. With the default drain time a Worker is gone in less than 12 s,
    // of the 15 s that a Spot node leaves its pods.
    internal static readonly TimeSpan ShutdownReserve = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Adds a Worker that takes jobs as long as the host runs. The host provides an <see cref="IJobSubscriber"/> and, unless system time will do, a <see cref="TimeProvider"/>.
    /// Sections read: <c>Worker</c>, <c>Data</c>, <c>CloudStorage</c>, <c>Checkpoints</c>.
    /// </summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        services.TryAddSingleton(TimeProvider.System);
        services.AddWorkerData(configuration);
        services.AddCheckpoints(configuration);
        services.AddCoordination(configuration);
        services.AddAttempts();
        services.AddSingleton(provider => ResourceBounds.Of(provider.GetRequiredService<IOptions<WorkerOptions>>(), provider.GetRequiredService<IOptions<DataOptions>>()));
        services.AddHostedService<JobPump>();
        return services;
    }

    private static void AddCheckpoints(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<CheckpointOptions>, CheckpointOptionsRules>();
        services.AddOptions<CheckpointOptions>().Bind(configuration.GetSection(CheckpointOptions.SectionName)).ValidateOnStart();
        services.AddSingleton(provider => CheckpointStore.At(
            provider.GetRequiredService<IOptions<CheckpointOptions>>().Value.Location, provider.GetRequiredService<ObjectStores>()));
    }

    private static void AddCoordination(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsRules>();
        services.AddOptions<WorkerOptions>().Bind(configuration.GetSection(WorkerOptions.SectionName)).ValidateOnStart();
        services.AddOptions<HostOptions>().PostConfigure<IOptions<WorkerOptions>>((host, worker) => host.ShutdownTimeout = worker.Value.DrainTimeout + ShutdownReserve);
        services.AddSingleton(provider => new WorkerCapabilities(
            $"{Environment.MachineName}-{Guid.NewGuid():N}"[..^20],
            Numerics.Version,
            [.. KernelPaths.Supported().Select(KernelPaths.Name)],
            provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Slots,
            provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Sweep,
            provider.GetRequiredService<IOptions<CheckpointOptions>>().Value.Location));
        services.AddGoogleCredentials();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton(provider => CoordinatorConnection.Open(
            provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Connection, provider.GetRequiredService<IIdentityTokens>()));
        services.AddSingleton(provider => new CoordinatorClient(
            provider.GetRequiredService<GrpcChannel>().Intercept(provider.GetRequiredService<RefusalLog>()),
            provider.GetRequiredService<WorkerCapabilities>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    private static void AddAttempts(this IServiceCollection services)
    {
        services.AddSingleton<TrainJob>((plan, rows, kernelPath, threads, observer, checkpoint, cancellationToken) =>
            new JobTrainer(plan, rows, KernelPaths.Parse(kernelPath) ?? throw new InvalidOperationException($"No kernel path '{kernelPath}'."), threads, observer)
                .Run(checkpoint, cancellationToken));
        services.AddSingleton<ProfileAttempt>();
        services.AddSingleton<TrainAttempt>();
        services.AddSingleton<TestAttempt>();
        services.AddSingleton<AttemptRunner>();
    }
}
