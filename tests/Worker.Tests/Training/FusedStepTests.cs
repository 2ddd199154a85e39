using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Plain sgd moves weights as soon as their gradients are there: the same bits as gradients first and then a step.</summary>
public sealed class FusedStepTests
{
    // A limit that no gradient reaches: it is not scaled, but all gradients must be there to be measured.
    private const double NoLimit = 1e30;

    // Batches of 173 rows are longer than the sums of a fused step may be.
    public static TheoryData<string, int, double> Cases() => new MatrixTheoryData<string, int, double>([.. KernelPaths.Supported().Select(KernelPaths.Name)], [7, 128, 173], [0, 0.01]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Train_SgdWithoutClipping_IsAStepAfterAllGradients(string path, int batchSize, double weightDecay)
    {
        foreach (var (name, model) in Jobs.Models)
        {
            var optimizer = new OptimizerSettings.Sgd(WeightDecay: weightDecay);
            var (fused, apart) = (Trained(null), Trained(NoLimit));

            Assert.True(fused.Span.SequenceEqual(apart.Span), $"{name} in batches of {batchSize}");

            ReadOnlyMemory<float> Trained(double? clip)
            {
                var training = new TrainingSpec(Epochs: 3, batchSize, Seed: 11, GradientClip: clip);
                var solo = new SoloLane(model, training, Jobs.Parameters(0.05, optimizer, new ScheduleSettings.Constant()), Jobs.RowsFor(model), KernelPaths.Parse(path)!.Value);
                for (var epoch = 0; epoch < 3; epoch++)
                {
                    solo.TrainEpoch(epoch);
                }

                return solo.Lane.Parameters.ToArray();
            }
        }
    }
}
