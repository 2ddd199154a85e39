using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class TrainingReader
{
    public static TrainingSpec Read(MapReader file, Findings findings)
    {
        var node = file.Require("training", "training: { epochs: 20, batchSize: 32 }");
        var map = new MapReader(node ?? new SpecNode.Map([], 0), "training", findings, ["epochs", "batchSize", "gradientClip", "seed"]);
        if (node is SpecNode.Map)
        {
            map.Require("epochs", "epochs: 20");
        }

        int? batchSize = map.Find("batchSize") is SpecNode.Scalar { Text: "all" } ? null : map.Integer("batchSize", 32, " or all");
        return new TrainingSpec(map.Integer("epochs", 1), batchSize, map.Integer64("seed", 0), map.Has("gradientClip") ? map.Number("gradientClip", 1) : null);
    }
}
