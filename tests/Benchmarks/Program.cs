using System.CommandLine;
using CloudSweep.Benchmarks.Containers;
using CloudSweep.Benchmarks.GcsDownload;
using CloudSweep.Benchmarks.Halving;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Benchmarks.Lanes;

IBenchmark[] benchmarks = [new GcsDownloadBenchmark(), new ContainersBenchmark(), new HalvingBenchmark(), new SweepMlpBenchmark(), new SweepSmallBenchmark(), new SweepRamBenchmark(), new Probe()];

var names = new Argument<string[]>("name") { Description = "list, all, or names of benchmarks.", Arity = ArgumentArity.OneOrMore };
var json = new Option<FileInfo?>("--json") { Description = "File for the rows as JSON." };
var command = new RootCommand("Measures CloudSweep. Every figure, also those compared with, is measured in this run.") { names, json };
command.SetAction((arguments, cancellationToken) =>
    BenchmarkRun.RunAsync(benchmarks, arguments.GetValue(names)!, arguments.GetValue(json), Console.Out, cancellationToken));

// What a benchmark measures against runs in a process of its own.
var serveRaw = new Command(RawServer.CommandName) { Hidden = true };
serveRaw.SetAction((_, cancellationToken) => RawServer.RunAsync(Console.Out, cancellationToken));
command.Subcommands.Add(serveRaw);
return await command.Parse(args).InvokeAsync();
