using CloudSweep.Worker.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Worker.Reproduction;

/// <summary>Adds a <see cref="TrialExporter"/> and what it knows of data.</summary>
public static class ReproductionRegistration
{
    /// <summary>Section read: <c>Data</c>.</summary>
    public static IServiceCollection AddTrialExporter(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddWorkerData(configuration);
        return services.AddSingleton(provider => new TrialExporter(provider.GetRequiredService<ITrainingRowsFactory>()));
    }
}
