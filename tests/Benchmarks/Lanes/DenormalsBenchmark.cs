using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Benchmarks.Lanes;

/// <summary>Kernels on numbers below the smallest normal float, as units that died and momenta that fade leave them, against the same on ordinary numbers.</summary>
internal sealed class DenormalsBenchmark : IBenchmark
{
    private const int Repeats = 7;
    private const int Rows = 96;
    private const int Columns = 256;
    private const int Length = Rows * Columns;
    private const float Ordinary = 0.01f;

    // Half of the smallest normal float is 5.9e-39.
    private const float Denormal = 1e-39f;

    public string Name => "denormals";

    public string Description => "products and optimizer steps on denormal numbers against the same on ordinary ones, 1 thread";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var kernels = KernelPaths.KernelsOf(KernelPaths.Supported()[0]);
        var result = new float[Length];
        var weights = new float[Length];
        var (gradients, zeros) = (new float[Length], new float[Length]);
        var (memory, squares) = (new float[Length], new float[Length]);
        var moves = Enumerable.Repeat(-1e-3f, KernelSet.Padding).ToArray();
        var (adam, momentum) = (new AdamStep(1, 0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, 0), new MomentumStep(0.9f, 1, 0, IsNesterov: false));

        void Adam(float mean, float square)
        {
            memory.AsSpan().Fill(mean);
            squares.AsSpan().Fill(square);
            kernels.UpdateAdam(weights, zeros, memory, squares, [], moves, [], in adam);
        }

        (string Case, int Times, Action<float> Work)[] cases =
        [
            ("product 96 x 256 x 96", 4_000, value =>
            {
                gradients.AsSpan().Fill(value);
                weights.AsSpan().Fill(Ordinary);
                Repeat(4_000, () => kernels.MultiplyMatrices((Rows, Columns, Rows), gradients, Rows, 1, weights, result, accumulate: false));
            }),
            ("momentum that fades, no gradient", 20_000, value => Repeat(20_000, () =>
            {
                memory.AsSpan().Fill(value);
                kernels.UpdateMomentum(weights, zeros, memory, moves, in momentum);
            })),
            ("adam's means that fade, no gradient", 20_000, value => Repeat(20_000, () => Adam(value, Ordinary))),
            ("adam's squares that fade, no gradient", 20_000, value => Repeat(20_000, () => Adam(Ordinary, value))),
        ];
        foreach (var (name, times, work) in cases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var turns = await Interleaved<Timing>.RunAsync(
                Repeats, () => Task.FromResult(Timing.Of(() => work(Ordinary))), () => Task.FromResult(Timing.Of(() => work(Denormal))));
            yield return new CaseResult(Name, name, turns.Median(turn => turn[1].Processor / turn[0].Processor), "x slower", Goal.AtMost(1.1), new Dictionary<string, double>
            {
                ["ordinary us"] = turns.Median(turn => turn[0].Processor.TotalMicroseconds / times),
                ["denormal us"] = turns.Median(turn => turn[1].Processor.TotalMicroseconds / times),
            });
        }
    }

    private static void Repeat(int times, Action work)
    {
        for (var time = 0; time < times; time++)
        {
            work();
        }
    }
}
