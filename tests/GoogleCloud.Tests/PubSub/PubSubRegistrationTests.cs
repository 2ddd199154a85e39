using CloudSweep.Core.Ports;
using CloudSweep.GoogleCloud.PubSub;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PubSubRegistrationTests
{
    [Fact]
    public async Task Add_NothingConfigured_LeavesTheQueueToTheHost()
    {
        await using var services = Build();

        Assert.Null(services.GetService<IJobPublisher>());
        Assert.Null(services.GetService<IJobSubscriber>());
    }

    [Fact]
    public async Task Add_Configured_PutsPubSubBehindThePorts()
    {
        await using var services = Build(("PubSub:Topic", Targets.Topic), ("PubSub:Subscription", Targets.Subscription), ("PUBSUB_EMULATOR_HOST", "127.0.0.1:1"));

        Assert.IsType<PubSubJobPublisher>(services.GetRequiredService<IJobPublisher>());
        Assert.IsType<PubSubJobSubscriber>(services.GetRequiredService<IJobSubscriber>());
        var administration = services.GetRequiredService<PubSubAdministration>();
        Assert.True(administration.IsEmulator);
        Assert.Equal((Targets.Topic, Targets.Subscription), (administration.Topic, administration.Subscription));
        var health = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["pubsub-subscription", "pubsub-topic"], health.Entries.Keys.Order());
    }

    [Fact]
    public async Task Add_Mistakes_AreAllInTheError()
    {
        await using var services = Build(("PubSub:Topic", "t"), ("PubSub:AckDeadline", "00:00:01"));

        var exception = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IJobPublisher>);

        Assert.Equal(2, exception.Failures.Count());
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value)).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddPubSubPublisher(configuration)
            .AddPubSubSubscriber(configuration)
            .AddPubSubAdministration(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }
}
