using CloudSweep.Coordinator.Configuration;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Scaling;

internal static class ScalingRegistration
{
    /// <summary>Tells an autoscaler how many Workers there should be. Nobody can ask before there is a listener for it.</summary>
    public static IServiceCollection AddScaling(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ScalerOptions>().Bind(configuration.GetSection(ScalerOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScalerOptions>, ScalerOptionsRules>();
        services.AddSingleton<DemandReader>();
        services.AddSingleton<ActivityWatch>();
        return services;
    }
}
