using System.CommandLine;
using CloudSweep.StorageEmulator;
using CloudSweep.StorageEmulator.Http;

var urls = new Option<string>("--urls") { Description = "Address to listen on, plain HTTP.", DefaultValueFactory = _ => new StorageEmulatorOptions().Url };
var data = new Option<DirectoryInfo>("--data") { Description = "Folder whose folders are buckets and whose files are their objects." };
var buckets = new Option<string[]>("--bucket") { Description = "A bucket to make, for uploads; once for each." };
var token = new Option<string?>("--token") { Description = "Bearer token that requests must carry." };
var speed = new Option<long?>("--bytes-per-second") { Description = "Limit of each answer's body." };
var command = new RootCommand("A Cloud Storage server for tests.") { urls, data.AcceptExistingOnly(), buckets, token, speed };
command.SetAction(async (arguments, cancellationToken) =>
{
    await using var server = await StorageEmulatorServer.StartAsync(
        new StorageEmulatorOptions
        {
            Url = arguments.GetValue(urls)!,
            DataFolder = arguments.GetValue(data)?.FullName,
            Buckets = arguments.GetValue(buckets) ?? [],
            Token = arguments.GetValue(token),
            StreamBytesPerSecond = arguments.GetValue(speed),
        },
        cancellationToken);
    Console.WriteLine($"listening on {server.Address.GetLeftPart(UriPartial.Authority)}");
    await server.WaitForShutdownAsync(cancellationToken);
});

var health = new Command("health", "Ask the server at --urls whether it answers: 0 when it does, otherwise 1.") { urls };
health.SetAction((arguments, cancellationToken) => EmulatorHealth.AskAsync(arguments.GetValue(urls)!, cancellationToken));
command.Add(health);
return await command.Parse(args).InvokeAsync();
