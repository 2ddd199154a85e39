using CloudSweep.Coordinator;
using CloudSweep.Hosting;

return await HostProcess.RunAsync(() => CoordinatorHost.Build(args));
