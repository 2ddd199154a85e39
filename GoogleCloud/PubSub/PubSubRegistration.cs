using CloudSweep.Core.Ports;
using CloudSweep.GoogleCloud.Credentials;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Puts Pub/Sub behind the ports of the queue. Section read: <c>PubSub</c>; variables: PUBSUB_EMULATOR_HOST, GOOGLE_CLOUD_PROJECT.</summary>
public static class PubSubRegistration
{
    public const string TopicHealthCheck = "pubsub-topic";
    public const string SubscriptionHealthCheck = "pubsub-subscription";

    /// <summary>Adds the <see cref="IJobPublisher"/> and its health check, if <c>PubSub:Topic</c> is set. It takes the place of one that was added before.</summary>
    public static IServiceCollection AddPubSubPublisher(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddConnection(configuration);
        if (IsSet(configuration, nameof(PubSubOptions.Topic)))
        {
            services.AddKeyedSingleton(TopicHealthCheck, CreateState);
            services.AddSingleton<IJobPublisher>(provider => new PubSubJobPublisher(
                provider.GetRequiredService<PubSubConnection>().Calls,
                provider.GetRequiredService<PubSubConnection>().Target,
                provider.GetRequiredService<PubSubConnection>().Target.Topic!,
                provider.GetRequiredKeyedService<PubSubState>(TopicHealthCheck),
                provider.GetRequiredService<ILogger<PubSubJobPublisher>>()));
            services.AddStateCheck(TopicHealthCheck, target => target.Topic!);
        }

        return services;
    }

    /// <summary>Adds the <see cref="IJobSubscriber"/> and its health check, if <c>PubSub:Subscription</c> is set. It takes the place of one that was added before.</summary>
    public static IServiceCollection AddPubSubSubscriber(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddConnection(configuration);
        if (IsSet(configuration, nameof(PubSubOptions.Subscription)))
        {
            services.AddKeyedSingleton(SubscriptionHealthCheck, CreateState);
            services.AddSingleton<IJobSubscriber>(provider => new PubSubJobSubscriber(
                provider.GetRequiredService<PubSubConnection>().Calls,
                provider.GetRequiredService<PubSubConnection>().Target,
                provider.GetRequiredService<PubSubConnection>().Target.Subscription!,
                provider.GetRequiredKeyedService<PubSubState>(SubscriptionHealthCheck),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<PubSubJobSubscriber>>()));
            services.AddStateCheck(SubscriptionHealthCheck, target => target.Subscription!);
        }

        return services;
    }

    /// <summary>Adds <see cref="PubSubAdministration"/>.</summary>
    public static IServiceCollection AddPubSubAdministration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddConnection(configuration);
        services.TryAddSingleton(provider => new PubSubAdministration(
            provider.GetRequiredService<PubSubConnection>().Calls, provider.GetRequiredService<PubSubConnection>().Target));
        return services;
    }

    private static void AddConnection(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        services.TryAddSingleton(TimeProvider.System);
        services.AddGoogleCredentials();
        services.TryAddSingleton(PubSubEnvironment.Read(configuration));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PubSubOptions>, PubSubOptionsRules>());
        services.AddOptions<PubSubOptions>().Bind(configuration.GetSection(PubSubOptions.SectionName)).ValidateOnStart();
        services.TryAddSingleton<PubSubConnection>();
    }

    // Never unhealthy: that would take a host out of service or restart it, while sweeps go on without a broker, because Workers poll.
    private static void AddStateCheck(this IServiceCollection services, string name, Func<PubSubTarget, string> resource) =>
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            provider => new PubSubHealthCheck(resource(provider.GetRequiredService<PubSubConnection>().Target), provider.GetRequiredKeyedService<PubSubState>(name)),
            HealthStatus.Degraded,
            tags: null));

    private static PubSubState CreateState(IServiceProvider provider, object? key) => new(provider.GetRequiredService<TimeProvider>());

    private static bool IsSet(IConfiguration configuration, string setting) => !string.IsNullOrEmpty(configuration[$"{PubSubOptions.SectionName}:{setting}"]);
}
