using CloudSweep.Coordinator.Application;
using CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Services;

/// <summary>Maps models.</summary>
internal static class ModelMessages
{
    /// <summary>Bytes of weights in one message.</summary>
    public const int ChunkBytes = 1 << 20;

    public static DownloadModelResponse ToProto(this StoredModel model) => new()
    {
        Head = new ModelHead
        {
            Trial = model.Trial.ToProto(),
            SpecJson = model.Sweep.SpecJson,
            ProfileJson = model.Sweep.ProfileJson,
            Numerics = model.Sweep.Numerics ?? "",
            Step = model.Weights.Position,
            SizeBytes = model.Weights.SizeBytes,
        },
    };
}
