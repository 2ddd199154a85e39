using System.Diagnostics;
using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Benchmarks.Lanes;

internal sealed class Probe : IBenchmark
{
    public string Name => "probe";

    public string Description => "probe";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var moves = Enumerable.Repeat(-0.001f, 16).ToArray();
        {
            var rows = new CloudSweep.Benchmarks.Halving.MemoryRows(784, 10, 4096, 128);
            var model = new CloudSweep.Core.Domain.ModelSpec.Mlp([256], CloudSweep.Core.Domain.Activation.Relu);
            var kern = KernelPaths.KernelsOf(KernelPaths.Supported()[0]);
            var network = Network.Of(model, rows, kern);
            var training = new CloudSweep.Core.Domain.TrainingSpec(1, 128, 1);
            var shape = TrainingShape.Of(training, 4096, 2.3);
            var scratch = new Scratch(network.Layout);
            var tile = new RowTile(1280, 784);
            using var reader = rows.OpenEpoch(0, 0);
            reader.Read(tile);
            var plan = LaneRun.Plan(model, training, new CloudSweep.Core.Domain.OptimizerSettings.Sgd(), 1, 2.3);
            for (var turn = 0; turn < 5; turn++)
            {
                var c0 = Stopwatch.StartNew();
                var lane = new Lane(plan.Lanes[0], network, shape);
                var init = c0.Elapsed.TotalMilliseconds;
                c0.Restart();
                lane.Train(tile, 0, 1280, 0, scratch);
                var train = c0.Elapsed.TotalMilliseconds;
                c0.Restart();
                kern.AllFinite(lane.Parameters);
                var finite = c0.Elapsed.TotalMilliseconds;
                var parameters = lane.Parameters.ToArray();
                var feats = tile.Features.AsSpan(0, 128 * 784).ToArray();
                c0.Restart();
                for (var i = 0; i < 10; i++) network.Forward(parameters, feats, 128, scratch);
                var forward = c0.Elapsed.TotalMilliseconds;
                var grads = new float[parameters.Length];
                c0.Restart();
                for (var i = 0; i < 10; i++) network.Backward(parameters, feats, 128, scratch, grads, false);
                var backward = c0.Elapsed.TotalMilliseconds;
                c0.Restart();
                for (var i = 0; i < 10; i++) { grads.AsSpan().Clear(); kern.UpdateSgd(parameters, grads, moves, 0); }
                var update = c0.Elapsed.TotalMilliseconds;
                Console.WriteLine($"init {init:0.00} ms, 10 batches {train:0.00} ms (ideal {1280 * LaneFlops.OfRow(model, 784, 10) / 225e9 * 1000:0.00}), finite {finite:0.00}, forward {forward:0.00}, backward {backward:0.00}, clear+sgd {update:0.00}");
            }
        }

        var kernels = KernelPaths.KernelsOf(KernelPaths.Supported()[0]);
        foreach (var (m, n, k, transposed) in new[] { (128, 256, 784, false), (784, 256, 128, true), (128, 16, 256, false), (256, 16, 128, true), (128, 256, 10, false), (64, 64, 32, false), (32, 64, 64, true), (64, 16, 64, false), (64, 16, 64, true), (64, 64, 10, false) })
        {
            var (a, b, c) = (new float[m * k], new float[k * n], new float[m * n]);
            var flop = 2.0 * m * n * k;
            var calls = (int)Math.Max(1, 2e9 / flop);
            var best = 0.0;
            for (var turn = 0; turn < 8; turn++)
            {
                var clock = Stopwatch.StartNew();
                for (var call = 0; call < calls; call++)
                {
                    kernels.MultiplyMatrices((m, n, k), a, transposed ? 1 : k, transposed ? m : 1, b, c, transposed);
                }

                best = Math.Max(best, flop * calls / clock.Elapsed.TotalSeconds);
            }

            var peak = FmaPeak.Flops(1) / FmaPeak.Measure(1).Processor.TotalSeconds;
            yield return new CaseResult(Name, $"{m}x{n}x{k} {(transposed ? "T" : "")}", best / peak, "of peak", null, new Dictionary<string, double> { ["GFLOP/s"] = best / 1e9, ["peak"] = peak / 1e9 });
        }

        foreach (var size in new[] { 3152, 203_536 })
        {
            var (w, g, mm, v) = (new float[size], new float[size], new float[size], new float[size]);
            Array.Fill(g, 0.1f);
            void Time(string name, Action action)
            {
                var bestNs = double.MaxValue;
                for (var turn = 0; turn < 300; turn++)
                {
                    var clock = Stopwatch.StartNew();
                    for (var call = 0; call < 2_000_000 / size; call++)
                    {
                        action();
                    }

                    bestNs = Math.Min(bestNs, clock.Elapsed.TotalNanoseconds / (2_000_000 / size) / size * 16);
                }

                Console.WriteLine($"{name} {size}: {bestNs:0.00} ns per vector of 16");
            }

            Time("adam", () => kernels.UpdateAdam(w, g, mm, v, [], moves, [], new AdamStep(0.5f, 0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, 0)));
            Time("sgd", () => kernels.UpdateSgd(w, g, moves, 0));
            Time("clear", () => g.AsSpan().Clear());
        }

        var row = new float[16];
        {
            var bestNs = double.MaxValue;
            for (var turn = 0; turn < 20; turn++)
            {
                var clock = Stopwatch.StartNew();
                for (var call = 0; call < 100_000; call++)
                {
                    row[call & 7] = call & 3;
                    var loss = CrossEntropy.Loss(kernels, row, 10, call & 7, out var sum);
                    CrossEntropy.Gradient(row, 10, call & 7, sum, 0.01f);
                }

                bestNs = Math.Min(bestNs, clock.Elapsed.TotalNanoseconds / 100_000);
            }

            Console.WriteLine($"softmax row: {bestNs:0.0} ns");
        }
    }
}
