using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;
using CloudSweep.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Configuration.AddEnvironmentVariables("CloudSweep__").AddCommandLine(args);

// Nobody publishes to this queue: without a broker every slot asks the Coordinator after its quiet time.
builder.Services.AddSingleton<IJobSubscriber>(services => new InMemoryJobQueue(services.GetRequiredService<TimeProvider>(), TimeSpan.FromMinutes(1)));
builder.Services.AddWorker(builder.Configuration);

await builder.Build().RunAsync();
