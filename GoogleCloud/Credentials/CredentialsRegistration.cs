using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSweep.GoogleCloud.Credentials;

public static class CredentialsRegistration
{
    /// <summary>Registers <see cref="AccessTokens"/> and <see cref="IIdentityTokens"/> of Application Default Credentials. Nothing is looked up before the first token is asked for.</summary>
    public static IServiceCollection AddGoogleCredentials(this IServiceCollection services)
    {
        services.TryAddSingleton<ApplicationDefaultCredentials>();
        services.TryAddSingleton<AccessTokens>();
        services.TryAddSingleton<IIdentityTokens, GoogleIdentityTokens>();
        return services;
    }
}
