using CloudSweep.Coordinator;
using CloudSweep.Coordinator.Security;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;

// This version has no remote queue: Workers poll, and notifications stay in the process.
var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddEnvironmentVariables("CloudSweep__").AddCommandLine(args);
ListenAddressRule.Require(builder.Configuration["Listen"] ?? "http://127.0.0.1:5080", builder.WebHost);
builder.Services.AddSingleton<IJobPublisher>(new InMemoryJobQueue(TimeProvider.System, TimeSpan.FromSeconds(30)));
builder.Services.AddSingleton<ICheckpointStore, InMemoryCheckpointStore>();
builder.Services.AddCoordinator(builder.Configuration);

var app = builder.Build();
app.MapCoordinator();
await app.RunAsync();
