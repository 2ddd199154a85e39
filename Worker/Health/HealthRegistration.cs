using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Health;

internal static class HealthRegistration
{
    /// <summary>Tells the state of all health checks of the host at <c>Health:Listen</c>.</summary>
    public static IServiceCollection AddHealthServer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHealthChecks();
        services.AddSingleton<IValidateOptions<HealthOptions>, HealthOptionsRules>();
        services.AddOptions<HealthOptions>().Bind(configuration.GetSection(HealthOptions.SectionName)).ValidateOnStart();
        services.AddHostedService<HealthServer>();
        return services;
    }
}
