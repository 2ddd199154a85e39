using System.CommandLine;
using CloudSweep.Benchmarks.Blocks;
using CloudSweep.Benchmarks.Containers;
using CloudSweep.Benchmarks.Coordination;
using CloudSweep.Benchmarks.Decode;
using CloudSweep.Benchmarks.GcsDownload;
using CloudSweep.Benchmarks.Halving;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Benchmarks.Lanes;
using CloudSweep.Benchmarks.Pictures;
using CloudSweep.Benchmarks.Regret;
using CloudSweep.Benchmarks.Text;

var names = new Argument<string[]>("name") { Description = "list, all, or names of benchmarks.", Arity = ArgumentArity.OneOrMore };
var json = new Option<FileInfo?>("--json") { Description = "File for the rows as JSON." };
var problems = new Option<string>("--problems") { Description = "Of regret: only the problems whose names contain this.", DefaultValueFactory = _ => "" };
var trials = new Option<int>("--trials") { Description = "Of coordinator-noop and coordinator-recovery: trials of the large sweep, a multiple of 10.", DefaultValueFactory = _ => 100_000 };
var full = new Option<bool>("--full") { Description = "Of over-memory: 16 GiB of text instead of 4." };
var command = new RootCommand("Measures CloudSweep. Every figure, also those compared with, is measured in this run.") { names, json, problems, trials, full };
command.SetAction((arguments, cancellationToken) => BenchmarkRun.RunAsync(
    [
        new GcsDownloadBenchmark(),
        new ContainersBenchmark(),
        new HalvingBenchmark(),
        new RegretBenchmark(arguments.GetValue(problems)!),
        new SweepMlpBenchmark(),
        new SweepSmallBenchmark(),
        new SweepRamBenchmark(),
        new SweepDecodeBenchmark(),
        new BlockReadBenchmark(),
        new OverMemoryBenchmark(arguments.GetValue(full)),
        new ResumeBenchmark(),
        new CsvFloatsBenchmark(),
        new CsvGzipBenchmark(),
        new ParquetReadBenchmark(),
        new DenormalsBenchmark(),
        new CoordinatorNoopBenchmark(arguments.GetValue(trials)),
        new CoordinatorRecoveryBenchmark(arguments.GetValue(trials)),
    ],
    arguments.GetValue(names)!,
    arguments.GetValue(json),
    Console.Out,
    cancellationToken));

// What a benchmark measures against runs in a process of its own.
var serveRaw = new Command(RawServer.CommandName) { Hidden = true };
serveRaw.SetAction((_, cancellationToken) => RawServer.RunAsync(Console.Out, cancellationToken));
command.Subcommands.Add(serveRaw);
var (data, cache) = (new Argument<string>("data"), new Argument<string>("cache"));
var (cacheBytes, budgetBytes) = (new Argument<long>("cacheBytes"), new Argument<long>("budgetBytes"));
var stream = new Command(StreamedRun.CommandName) { data, cache, cacheBytes, budgetBytes };
stream.Hidden = true;
stream.SetAction((arguments, cancellationToken) => StreamedRun.RunAsync(
    arguments.GetValue(data)!, arguments.GetValue(cache)!, arguments.GetValue(cacheBytes), arguments.GetValue(budgetBytes), Console.Out, cancellationToken));
command.Subcommands.Add(stream);

var records = new Argument<DirectoryInfo>("records") { Description = "Folder of recorded sweeps: tests/Core.Tests/Verdicts/Recorded." };
var recorder = new Command("record-verdicts", "Trains the sweeps that tests and pictures of the verdicts are about, and keeps their measurements.") { records };
recorder.SetAction(arguments => VerdictRecords.Write(arguments.GetValue(records)!.FullName, Console.Out));
command.Subcommands.Add(recorder);
var pictures = new Argument<DirectoryInfo>("pictures") { Description = "Folder of the pictures: docs/images/verdicts." };
var drawer = new Command("draw-verdicts", "Draws the pictures of docs/verdicts.md from recorded sweeps.") { records, pictures };
drawer.SetAction(arguments => new VerdictPictures(arguments.GetValue(records)!.FullName).Draw(arguments.GetValue(pictures)!.FullName, Console.Out));
command.Subcommands.Add(drawer);
return await command.Parse(args).InvokeAsync();
