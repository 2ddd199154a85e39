using CloudSweep.Coordinator;
using CloudSweep.Coordinator.Background;
using CloudSweep.Coordinator.Security;
using CloudSweep.Core.Ports;

// This version has no broker: Workers poll.
var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddEnvironmentVariables("CloudSweep__").AddCommandLine(args);
ListenAddressRule.Require(builder.Configuration["Listen"] ?? "http://127.0.0.1:5080", builder.WebHost);
builder.Services.AddSingleton<IJobPublisher, SilentJobPublisher>();
builder.Services.AddCoordinator(builder.Configuration);

var app = builder.Build();
app.MapCoordinator();
await app.RunAsync();
