using CloudSweep.StorageEmulator.Faults;
using CloudSweep.StorageEmulator.Http;
using CloudSweep.StorageEmulator.Objects;
using CloudSweep.StorageEmulator.Uploads;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CloudSweep.StorageEmulator;

/// <summary>Puts the server together.</summary>
internal static class StorageEmulatorHost
{
    public static WebApplication Build(StorageEmulatorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(Configure);

        // The thread that has read a piece of an object also sends it, which spares a change of threads for each. No handler blocks to wait for a client.
        builder.WebHost.UseSockets(transport => transport.UnsafePreferInlineScheduling = true);

        // Scripted stalls end with the server; nothing else is worth waiting for.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BucketTable>();
        builder.Services.AddSingleton<ResumableEndpoint>();
        builder.Services.AddSingleton<RequestLog>();
        builder.Services.AddSingleton(new FaultScript());
        builder.Services.AddSingleton(new Shaping { BytesPerSecond = options.StreamBytesPerSecond });

        var app = builder.Build();
        app.Urls.Add(options.Url);
        var buckets = app.Services.GetRequiredService<BucketTable>();
        if (options.DataFolder is not null)
        {
            DataFolder.Load(options.DataFolder, buckets);
        }

        foreach (var bucket in options.Buckets)
        {
            buckets.Ensure(bucket);
        }

        UseMiddleware(app, options.Token);
        Create<BucketEndpoints>(app).Map(app);
        Create<ObjectEndpoints>(app).Map(app);
        Create<UploadEndpoints>(app).Map(app);
        Create<ControlEndpoints>(app).Map(app);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;

        // Slow clients and slow answers are what tests are about.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxResponseBufferSize = 1 << 20;
    }

    private static void UseMiddleware(WebApplication app, string? token)
    {
        var log = app.Services.GetRequiredService<RequestLog>();
        var faults = Create<FaultMiddleware>(app);
        app.Use(ErrorMiddleware.InvokeAsync);
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments(ControlEndpoints.Root, StringComparison.Ordinal),
            service =>
            {
                service.Use((context, next) =>
                {
                    log.Record(context);
                    EmulatorHostPath.Rewrite(context.Request);
                    return next(context);
                });
                service.Use(faults.InvokeAsync);
                if (token is not null)
                {
                    service.Use(new TokenMiddleware(token).InvokeAsync);
                }
            });

        // After the paths were rewritten.
        app.UseRouting();
    }

    private static T Create<T>(WebApplication app) => ActivatorUtilities.CreateInstance<T>(app.Services);
}
