using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class ExecutionReader
{
    public static ExecutionSpec Read(MapReader file, Findings findings)
    {
        var map = new MapReader(file.Find("execution") ?? new SpecNode.Map([], 0), "execution", findings, ["parallelism", "trialsPerJob", "maxAttempts", "kernel"]);
        var isAuto = map.Find("trialsPerJob") is null or SpecNode.Scalar { Text: "auto" };
        return new ExecutionSpec(
            map.Has("parallelism") ? map.Integer("parallelism", 1) : null,
            isAuto ? null : map.Integer("trialsPerJob", 1, " or auto"),
            map.Integer("maxAttempts", 5),
            map.Text("kernel", "auto"));
    }
}
